package org.yuqiao.experiment.compare;

import java.util.List;
import java.util.Locale;
import org.yuqiao.store.ScoreNames;

/** The results of significance tests as sentences. */
final class Conclusions {
  private Conclusions() {}

  /** One sentence for each test. */
  static List<String> of(Comparison comparison) {
    return comparison.tests().values().stream()
        .flatMap(List::stream)
        .map(test -> sentence(test, comparison.baseline()))
        .toList();
  }

  /** The result of a test as a sentence. */
  static String sentence(BaselineTest test, CompetingSystem baseline) {
    String metric = ScoreNames.of(test.metric().name());
    String system = test.system().letter() + " (" + test.system().name() + ")";
    String base = baseline.letter();
    String difference = String.format(Locale.ROOT, "%+.2f %s", test.difference(), metric);
    String isBetter = " is " + (test.isBetter() ? "better" : "worse") + " than " + base + " by ";
    String isNoise = ": " + difference + " against " + base + " is noise: ";
    String sentences = "(" + p(test.adjustedSentences()) + ")";
    String seeds = "(" + p(test.adjustedSeeds().orElse(1)) + ")";
    return switch (test.verdict()) {
      case NONE -> system + " and " + base + " have the same " + metric + ".";
      case NOISE_OF_SENTENCES ->
          system + isNoise + "other test sentences could reverse it " + sentences + ".";
      case NOISE_OF_SEEDS -> system + isNoise + "other seeds could reverse it " + seeds + ".";
      case ONE_SEED ->
          system
              + isBetter
              + difference
              + " beyond the chance of the test sentences "
              + sentences
              + "; whether it holds for other seeds is unknown: train both with several seeds.";
      case REAL ->
          system
              + isBetter
              + difference
              + ", beyond the chance of test sentences "
              + sentences
              + " and of seeds "
              + seeds
              + ".";
    };
  }

  /** The result of a test as a word or two, for a table. */
  static String label(BaselineTest test) {
    return switch (test.verdict()) {
      case NONE -> "same";
      case NOISE_OF_SENTENCES, NOISE_OF_SEEDS -> "noise";
      case ONE_SEED -> (test.isBetter() ? "better" : "worse") + ", on one seed";
      case REAL -> test.isBetter() ? "better" : "worse";
    };
  }

  private static String p(double value) {
    return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
  }
}
