package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.evaluate.Bootstrap;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.PairedBootstrap;
import org.yuqiao.stats.HolmCorrection;
import org.yuqiao.stats.PooledVariance;
import org.yuqiao.stats.SeedStatistics;

/**
 * A significance test of a system against the baseline by one metric.
 *
 * @param difference of the mean scores: system minus baseline
 * @param sentences p-value over test sentences, by paired bootstrap
 * @param adjustedSentences after Holm's correction for the number of systems
 * @param seeds p-value over seeds, by Student's t-test with the variance of all systems; empty
 *     unless both systems have several
 * @param adjustedSeeds after Holm's correction
 */
record BaselineTest(
    CompetingSystem system,
    Metric metric,
    double difference,
    double sentences,
    double adjustedSentences,
    OptionalDouble seeds,
    OptionalDouble adjustedSeeds) {
  static final double SIGNIFICANCE = 0.05;

  /** The result of a test. */
  enum Verdict {
    /** The scores are equal. */
    NONE,
    /** Not significant over test sentences. */
    NOISE_OF_SENTENCES,
    /** Not significant over seeds. */
    NOISE_OF_SEEDS,
    /** Significant over test sentences; not tested over seeds. */
    ONE_SEED,
    /** Significant over test sentences and seeds. */
    REAL
  }

  /** Tests every other system against the baseline; {@code variance} is that between seeds. */
  static List<BaselineTest> all(
      CompetingSystem baseline,
      List<CompetingSystem> others,
      Metric metric,
      PooledVariance variance) {
    MeanOverSeeds ofSystem = MeanOverSeeds.of(metric);
    List<double[]> base = ofSystem.counts(baseline);
    SeedStatistics baseScores = SeedStatistics.of(baseline.scores(metric));
    List<SeedStatistics> scores =
        others.stream().map(other -> SeedStatistics.of(other.scores(metric))).toList();
    PairedBootstrap bootstrap =
        new PairedBootstrap(ofSystem, Bootstrap.SAMPLES, SystemScore.BOOTSTRAP_SEED);
    List<Double> sentences = new ArrayList<>();
    List<OptionalDouble> seeds = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      sentences.add(bootstrap.compare(ofSystem.counts(others.get(i)), base).pValue());
      seeds.add(variance.pValue(scores.get(i), baseScores));
    }
    List<Double> adjustedSentences = HolmCorrection.adjust(sentences);
    List<OptionalDouble> adjustedSeeds = adjustPresent(seeds);
    List<BaselineTest> tests = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      tests.add(
          new BaselineTest(
              others.get(i),
              metric,
              scores.get(i).mean() - baseScores.mean(),
              sentences.get(i),
              adjustedSentences.get(i),
              seeds.get(i),
              adjustedSeeds.get(i)));
    }
    return tests;
  }

  private static List<OptionalDouble> adjustPresent(List<OptionalDouble> values) {
    List<Double> present =
        values.stream().filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble).toList();
    List<Double> adjusted = HolmCorrection.adjust(present);
    List<OptionalDouble> result = new ArrayList<>();
    int next = 0;
    for (OptionalDouble value : values) {
      result.add(value.isPresent() ? OptionalDouble.of(adjusted.get(next)) : value);
      next += value.isPresent() ? 1 : 0;
    }
    return result;
  }

  /** The result at the 5 % level. */
  Verdict verdict() {
    if (difference == 0) {
      return Verdict.NONE;
    }
    if (adjustedSentences >= SIGNIFICANCE) {
      return Verdict.NOISE_OF_SENTENCES;
    }
    if (adjustedSeeds.isEmpty()) {
      return Verdict.ONE_SEED;
    }
    return adjustedSeeds.getAsDouble() >= SIGNIFICANCE ? Verdict.NOISE_OF_SEEDS : Verdict.REAL;
  }

  /** Whether the system is better than the baseline. */
  boolean isBetter() {
    return difference > 0 == metric.higherIsBetter();
  }
}
