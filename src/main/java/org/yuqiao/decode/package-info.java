/** From a trained model and a source sentence to translations: greedy and beam search. */
package org.yuqiao.decode;
