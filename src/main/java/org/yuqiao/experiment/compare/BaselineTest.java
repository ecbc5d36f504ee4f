package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.evaluate.Bootstrap;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.PairedBootstrap;
import org.yuqiao.stats.HolmCorrection;
import org.yuqiao.stats.SeedStatistics;

/**
 * Whether a system differs from the baseline by more than chance.
 *
 * @param system the one compared
 * @param metric by which
 * @param difference of the mean scores, the system's minus the baseline's
 * @param sentences chance of the test sentences: p of the paired bootstrap
 * @param adjustedSentences the same, corrected for the number of systems
 * @param seeds chance of the seeds: p of Welch's t-test; empty unless both have several
 * @param adjustedSeeds the same, corrected
 */
record BaselineTest(
    CompetingSystem system,
    Metric metric,
    double difference,
    double sentences,
    double adjustedSentences,
    OptionalDouble seeds,
    OptionalDouble adjustedSeeds) {
  static final double LEVEL = 0.05;

  /** What a difference is. */
  enum Verdict {
    /** Nothing differs. */
    NONE,
    /** Other test sentences might turn it round. */
    NOISE_OF_SENTENCES,
    /** Other seeds might turn it round. */
    NOISE_OF_SEEDS,
    /** Significant over sentences, unknown over seeds. */
    ONE_SEED,
    /** More than chance of sentences and seeds. */
    REAL
  }

  /** Tests all systems but the baseline. */
  static List<BaselineTest> all(
      CompetingSystem baseline, List<CompetingSystem> others, Metric metric) {
    MeanOverSeeds ofSystem = MeanOverSeeds.of(metric);
    List<double[]> base = ofSystem.counts(baseline);
    SeedStatistics baseScores = SeedStatistics.of(baseline.scores(metric));
    PairedBootstrap bootstrap =
        new PairedBootstrap(ofSystem, Bootstrap.SAMPLES, SystemScore.BOOTSTRAP_SEED);
    List<Double> sentences = new ArrayList<>();
    List<OptionalDouble> seeds = new ArrayList<>();
    for (CompetingSystem other : others) {
      sentences.add(bootstrap.compare(ofSystem.counts(other), base).pValue());
      seeds.add(SeedStatistics.of(other.scores(metric)).pValue(baseScores));
    }
    List<Double> adjustedSentences = HolmCorrection.adjust(sentences);
    List<OptionalDouble> adjustedSeeds = adjustPresent(seeds);
    List<BaselineTest> tests = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      CompetingSystem other = others.get(i);
      tests.add(
          new BaselineTest(
              other,
              metric,
              SeedStatistics.of(other.scores(metric)).mean() - baseScores.mean(),
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

  /** What the difference is, at the 5 % level. */
  Verdict verdict() {
    if (difference == 0) {
      return Verdict.NONE;
    }
    if (adjustedSentences >= LEVEL) {
      return Verdict.NOISE_OF_SENTENCES;
    }
    if (adjustedSeeds.isEmpty()) {
      return Verdict.ONE_SEED;
    }
    return adjustedSeeds.getAsDouble() >= LEVEL ? Verdict.NOISE_OF_SEEDS : Verdict.REAL;
  }

  /** Whether the system is the better one. */
  boolean isBetter() {
    return difference > 0 == metric.greaterIsBetter();
  }
}
