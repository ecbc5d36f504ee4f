package org.yuqiao.experiment.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Metric;

/**
 * The mean score of a system over its seeds, as a metric.
 *
 * <p>The counts of a sentence are the concatenated counts of all runs, so that the bootstrap draws
 * the same sentences for every run.
 *
 * @param metric of one run
 * @param width number of counts of one run
 */
record MeanOverSeeds(Metric metric, int width) implements Metric {
  static MeanOverSeeds of(Metric metric) {
    return new MeanOverSeeds(metric, metric.counts("", List.of("")).length);
  }

  /** The concatenated counts of each sentence. */
  List<double[]> counts(CompetingSystem system) {
    List<List<double[]>> each =
        system.runs().stream()
            .map(run -> metric.allCounts(run.hypotheses(), List.of(run.references())))
            .toList();
    return IntStream.range(0, each.get(0).size())
        .mapToObj(i -> each.stream().flatMapToDouble(c -> Arrays.stream(c.get(i))).toArray())
        .toList();
  }

  @Override
  public double score(double[] counts) {
    return IntStream.range(0, counts.length / width)
        .mapToDouble(i -> metric.score(Arrays.copyOfRange(counts, i * width, (i + 1) * width)))
        .average()
        .orElseThrow();
  }

  @Override
  public double[] counts(String hypothesis, List<String> references) {
    return metric.counts(hypothesis, references);
  }

  @Override
  public boolean higherIsBetter() {
    return metric.higherIsBetter();
  }

  @Override
  public String name() {
    return metric.name();
  }

  @Override
  public String signature(int references) {
    return metric.signature(references);
  }

  /** The details of the first run. */
  @Override
  public Map<String, Double> details(double[] counts) {
    return metric.details(Arrays.copyOf(counts, width));
  }
}
