package org.yuqiao.evaluate;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.yuqiao.files.InvalidInputException;

/**
 * Bootstrap resampling (Efron 1979; for translation Koehn 2004): estimates the confidence interval
 * of one system's score from resampled test sets.
 */
public final class Bootstrap {
  /** The number of test sets, as in sacreBLEU. */
  public static final int SAMPLES = 1000;

  private final Metric metric;
  private final int samples;
  private final long seed;

  /**
   * An estimate from {@code samples} drawn test sets.
   *
   * @throws InvalidInputException if {@code samples} is less than 1
   */
  public Bootstrap(Metric metric, int samples, long seed) {
    ResampledTestSets.checkSamples(samples);
    this.metric = metric;
    this.samples = samples;
    this.seed = seed;
  }

  /**
   * The confidence interval of the score, given the counts of the sentences ({@link
   * Metric#allCounts}).
   *
   * @throws InvalidInputException if there is no sentence
   */
  public BootstrapInterval interval(List<double[]> counts) {
    if (counts.isEmpty()) {
      throw new InvalidInputException("there is no sentence to draw test sets from");
    }
    return interval(counts, new ResampledTestSets(counts.size(), seed));
  }

  BootstrapInterval interval(List<double[]> counts, Supplier<int[]> testSets) {
    return interval(testSets, drawn -> ResampledTestSets.score(metric, counts, drawn), samples);
  }

  /**
   * The confidence interval of any score of {@code sentences} sentences.
   *
   * @param score computes it from the indices of the drawn sentences
   */
  public static BootstrapInterval interval(
      int sentences, ToDoubleFunction<int[]> score, long seed) {
    return interval(new ResampledTestSets(sentences, seed), score, SAMPLES);
  }

  private static BootstrapInterval interval(
      Supplier<int[]> testSets, ToDoubleFunction<int[]> score, int samples) {
    double[] scores = new double[samples];
    for (int i = 0; i < samples; i++) {
      scores[i] = score.applyAsDouble(testSets.get());
    }
    return BootstrapInterval.of(scores);
  }
}
