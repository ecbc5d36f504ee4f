/**
 * BLEU, chrF and TER, equal to sacreBLEU's, and whether the difference between two systems is
 * noise.
 */
package org.yuqiao.evaluate;
