package org.yuqiao.experiment.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Chrf;

/**
 * A test sentence as each system translates it with its first seed.
 *
 * @param number in the test set, the first being 1
 * @param hypotheses of each system
 * @param scores chrF of each: BLEU says little of a single sentence
 */
record SentenceContrast(
    int number, String source, String reference, List<String> hypotheses, List<Double> scores) {
  private static final Chrf CHRF = new Chrf();

  /** The sentences on which systems differ most, the largest difference first. */
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

  /** The best score minus the worst. */
  double spread() {
    double best = scores.stream().mapToDouble(s -> s).max().orElse(0);
    return best - scores.stream().mapToDouble(s -> s).min().orElse(0);
  }
}
