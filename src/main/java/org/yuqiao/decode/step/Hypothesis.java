package org.yuqiao.decode.step;

/**
 * A translation found.
 *
 * @param tokens its ids, without &lt;bos&gt; and &lt;eos&gt;
 * @param logProbability of all its tokens and the end; NaN where only words were asked for
 * @param score what translations are ranked by: the logarithm divided by the length penalty, with
 *     the coverage penalty where there is one; NaN where only words were asked for
 */
public record Hypothesis(int[] tokens, double logProbability, double score) {}
