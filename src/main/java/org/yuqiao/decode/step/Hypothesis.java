package org.yuqiao.decode.step;

import java.util.Optional;

/**
 * A finished token sequence: a translation or a continued text.
 *
 * @param tokens ids, without &lt;bos&gt; and &lt;eos&gt;
 * @param scores empty where the search computes none
 */
public record Hypothesis(int[] tokens, Optional<Scores> scores) {
  /**
   * How good a hypothesis is.
   *
   * @param logProbability of all tokens and the end, natural
   * @param score ranks hypotheses: {@link Ranking}
   */
  public record Scores(double logProbability, double score) {}

  /** A hypothesis with scores. */
  public Hypothesis(int[] tokens, double logProbability, double score) {
    this(tokens, Optional.of(new Scores(logProbability, score)));
  }

  /**
   * The log-probability of all tokens and the end.
   *
   * @throws java.util.NoSuchElementException without scores
   */
  public double logProbability() {
    return scores.orElseThrow().logProbability();
  }

  /**
   * The score that hypotheses are ranked by.
   *
   * @throws java.util.NoSuchElementException without scores
   */
  public double score() {
    return scores.orElseThrow().score();
  }
}
