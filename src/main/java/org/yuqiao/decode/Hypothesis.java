package org.yuqiao.decode;

/**
 * A translation found.
 *
 * @param tokens its ids, without &lt;bos&gt; and &lt;eos&gt;
 * @param logProbability of all its tokens and the end
 * @param score the logarithm divided by the length penalty: what translations are ranked by
 */
public record Hypothesis(int[] tokens, double logProbability, double score) {}
