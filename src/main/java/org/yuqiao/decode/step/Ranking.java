package org.yuqiao.decode.step;

/**
 * The score that ranks finished hypotheses: log P(Y|X) / lp(Y) + cp(X, Y) (Wu et al. 2016, section
 * 7, eq. 14), with lp(Y) by {@link LengthNormalization} and cp(X, Y) = beta times the sum over
 * source positions of log min(attention received, 1). |Y| counts the end.
 *
 * @param normalization of the length
 * @param lengthPenalty alpha
 * @param coveragePenalty beta
 */
public record Ranking(
    LengthNormalization normalization, double lengthPenalty, double coveragePenalty) {
  /** lp of a hypothesis of {@code length} tokens and its end. */
  private double penalty(int length) {
    return normalization.penalty(length + 1, lengthPenalty);
  }

  /** The first term alone, for {@code length} tokens, {@code <eos>} included if present. */
  public double score(double logProbability, int length) {
    return logProbability / penalty(length - 1);
  }

  /** A finished hypothesis without coverage penalty. */
  public Hypothesis hypothesis(int[] tokens, double logProbability) {
    return new Hypothesis(tokens, logProbability, logProbability / penalty(tokens.length));
  }

  /**
   * A finished hypothesis.
   *
   * @param coverage the attention that each source position received, summed over tokens
   */
  public Hypothesis hypothesis(int[] tokens, double logProbability, float[] coverage) {
    double sum = 0;
    for (float received : coverage) {
      sum += Math.log(Math.min(Math.max(received, 1e-10f), 1f));
    }
    double score = logProbability / penalty(tokens.length) + coveragePenalty * sum;
    return new Hypothesis(tokens, logProbability, score);
  }

  /**
   * An upper bound of the score that a live hypothesis can reach: all further tokens certain, all
   * of the source covered.
   *
   * @param maxLength its maximum number of tokens
   */
  public double bound(double logProbability, int maxLength) {
    return logProbability / penalty(maxLength);
  }
}
