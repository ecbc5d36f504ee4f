/**
 * Comparison of the Word2Vec algorithms over several seeds, with a report. Only code that trains or
 * reports several runs belongs here. Start with {@link
 * org.yuqiao.embedding.compare.AlgorithmComparison}.
 */
package org.yuqiao.embedding.compare;
