/** Normalizing, segmenting, subwords, vocabulary: from a sentence to token ids and back. */
package org.yuqiao.text;
