package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Bleu;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.stats.SeedStatistics;

/**
 * BLEU of short and long sentences apart. The length is that of the reference in BLEU's tokens:
 * words in English, characters in Chinese.
 *
 * @param from the fewest tokens
 * @param to the most tokens; {@link Integer#MAX_VALUE} for the last bucket
 * @param sentences how many there are
 * @param scores BLEU of each system, the mean over its seeds
 */
record LengthBuckets(int from, int to, int sentences, List<Double> scores) {
  private static final int[] LAST = {5, 10, 15, 20, 30, Integer.MAX_VALUE};

  /** The buckets that have sentences, the shortest first. */
  static List<LengthBuckets> of(List<CompetingSystem> systems) {
    Metric bleu = new Bleu(BleuTokenizer.of(systems.get(0).runs().get(0).settings().target()));
    FinishedRun any = systems.get(0).runs().get(0);
    List<double[]> counts = bleu.allCounts(any.references(), List.of(any.references()));
    int[] lengths =
        counts.stream().mapToInt(c -> bleu.details(c).get("referenceLength").intValue()).toArray();
    List<LengthBuckets> buckets = new ArrayList<>();
    int from = 0;
    for (int to : LAST) {
      int first = from;
      int[] members =
          IntStream.range(0, lengths.length)
              .filter(i -> lengths[i] >= first && lengths[i] <= to)
              .toArray();
      if (members.length > 0) {
        buckets.add(
            new LengthBuckets(
                from,
                to,
                members.length,
                systems.stream().map(system -> mean(bleu, system, members)).toList()));
      }
      from = to + 1;
    }
    return buckets;
  }

  private static double mean(Metric bleu, CompetingSystem system, int[] members) {
    return SeedStatistics.of(
            system.runs().stream()
                .map(
                    run ->
                        bleu.corpus(
                            pick(run.hypotheses(), members),
                            List.of(pick(run.references(), members))))
                .toList())
        .mean();
  }

  private static List<String> pick(List<String> sentences, int[] members) {
    return IntStream.of(members).mapToObj(sentences::get).toList();
  }

  /** The bucket in words, as "6 to 10". */
  String label() {
    if (to == Integer.MAX_VALUE) {
      return from + " and more";
    }
    return from == 0 ? "up to " + to : from + " to " + to;
  }
}
