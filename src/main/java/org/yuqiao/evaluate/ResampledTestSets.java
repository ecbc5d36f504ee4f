package org.yuqiao.evaluate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.yuqiao.files.InvalidInputException;

/** Draws test sets of the original size with replacement, as arrays of sentence indices. */
final class ResampledTestSets implements Supplier<int[]> {
  private final SplittableRandom random;
  private final int sentences;

  /** Draws from {@code sentences} sentences; equal seeds draw equal test sets. */
  ResampledTestSets(int sentences, long seed) {
    this.random = new SplittableRandom(seed);
    this.sentences = sentences;
  }

  @Override
  public int[] get() {
    return random.ints(sentences, 0, sentences).toArray();
  }

  /** The score of the drawn sentences, given the counts of all. */
  static double score(Metric metric, List<double[]> counts, int[] drawn) {
    double[] total = new double[counts.get(0).length];
    for (int sentence : drawn) {
      double[] own = counts.get(sentence);
      for (int i = 0; i < total.length; i++) {
        total[i] += own[i];
      }
    }
    return metric.score(total);
  }

  static void checkSamples(int samples) {
    if (samples < 1) {
      throw new InvalidInputException("cannot draw " + samples + " test sets; expected at least 1");
    }
  }
}
