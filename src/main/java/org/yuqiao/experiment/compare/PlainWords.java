package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yuqiao.store.ScoreNames;

/** What a comparison means, said without figures of statistics alone. */
final class PlainWords {
  private PlainWords() {}

  /** The metric's name as people write it. */
  static String metric(String name) {
    return ScoreNames.of(name);
  }

  /** One sentence for each test. */
  static List<String> sentences(Comparison comparison) {
    List<String> sentences = new ArrayList<>();
    comparison
        .tests()
        .values()
        .forEach(
            tests -> tests.forEach(test -> sentences.add(sentence(test, comparison.baseline()))));
    return sentences;
  }

  /** What a test found. */
  static String sentence(BaselineTest test, CompetingSystem baseline) {
    String who = test.system().letter() + " (" + test.system().name() + ")";
    String metric = metric(test.metric().name());
    String base = baseline.letter();
    String size = String.format(Locale.ROOT, "%+.2f %s", test.difference(), metric);
    String better = test.isBetter() ? "better" : "worse";
    return switch (test.verdict()) {
      case NONE -> who + " and " + base + " have the same " + metric + ".";
      case NOISE_OF_SENTENCES ->
          who
              + ": "
              + size
              + " against "
              + base
              + " is noise: other test sentences could turn it round ("
              + p(test.adjustedSentences())
              + ").";
      case NOISE_OF_SEEDS ->
          who
              + ": "
              + size
              + " against "
              + base
              + " is noise: the seeds of one system differ among themselves as much as the systems"
              + " do ("
              + p(test.adjustedSeeds().orElse(1))
              + ").";
      case ONE_SEED ->
          who
              + " is "
              + better
              + " than "
              + base
              + " by "
              + size
              + " beyond the chance of the test sentences ("
              + p(test.adjustedSentences())
              + "); whether it holds for other seeds is unknown: train both with several"
              + " seeds.";
      case REAL ->
          who
              + " is "
              + better
              + " than "
              + base
              + " by "
              + size
              + ", beyond the chance of test sentences ("
              + p(test.adjustedSentences())
              + ") and of seeds ("
              + p(test.adjustedSeeds().orElse(1))
              + ").";
    };
  }

  /** The word for a table. */
  static String word(BaselineTest test) {
    return switch (test.verdict()) {
      case NONE -> "same";
      case NOISE_OF_SENTENCES, NOISE_OF_SEEDS -> "noise";
      case ONE_SEED -> (test.isBetter() ? "better" : "worse") + ", on one seed";
      case REAL -> test.isBetter() ? "better" : "worse";
    };
  }

  static String p(double value) {
    return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
  }
}
