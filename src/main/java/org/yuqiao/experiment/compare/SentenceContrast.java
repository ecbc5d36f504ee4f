package org.yuqiao.experiment.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Chrf;

/**
 * A test sentence with the translation of each system's first seed.
 *
 * @param number in the test set, from 1
 * @param hypotheses of each system
 * @param scores sentence chrF of each system; sentence BLEU is unreliable
 */
record SentenceContrast(
    int number, String source, String reference, List<String> hypotheses, List<Double> scores) {
  private static final Chrf CHRF = new Chrf();

  /** The {@code count} sentences with the largest spread, in descending order. */
  static List<SentenceContrast> largest(List<CompetingSystem> systems, int count) {
    List<FinishedRun> runs = systems.stream().map(system -> system.runs().get(0)).toList();
    return IntStream.range(0, runs.get(0).translations().size())
        .mapToObj(i -> of(runs, i))
        .filter(contrast -> contrast.spread() > 0)
        .sorted(
            Comparator.comparingDouble(SentenceContrast::spread)
                .reversed()
                .thenComparingInt(SentenceContrast::number))
        .limit(count)
        .toList();
  }

  private static SentenceContrast of(List<FinishedRun> runs, int i) {
    String reference = runs.get(0).translations().get(i).reference();
    List<String> hypotheses =
        runs.stream().map(run -> run.translations().get(i).hypothesis()).toList();
    return new SentenceContrast(
        i + 1,
        runs.get(0).translations().get(i).source(),
        reference,
        hypotheses,
        hypotheses.stream().map(h -> CHRF.sentence(h, List.of(reference))).toList());
  }

  /** The highest score minus the lowest. */
  double spread() {
    double best = scores.stream().mapToDouble(s -> s).max().orElse(0);
    return best - scores.stream().mapToDouble(s -> s).min().orElse(0);
  }
}
