package org.yuqiao.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Bleu;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.stats.SeedStatistics;

/**
 * BLEU of the sentences in one bucket of reference lengths.
 *
 * <p>Lengths count BLEU tokens: words in English, characters in Chinese.
 *
 * @param from minimum length
 * @param to maximum length; {@link Integer#MAX_VALUE} for the last bucket
 * @param sentences number of sentences
 * @param scores BLEU of each system, averaged over seeds
 */
record LengthBuckets(int from, int to, int sentences, List<Double> scores) {
  private static final int[] MAX_LENGTHS = {5, 10, 15, 20, 30, Integer.MAX_VALUE};

  /** The nonempty buckets, by length. */
  static List<LengthBuckets> of(List<CompetingSystem> systems) {
    Metric bleu = new Bleu(BleuTokenizer.of(systems.get(0).runs().get(0).settings().target()));
    FinishedRun any = systems.get(0).runs().get(0);
    List<double[]> counts = bleu.allCounts(any.references(), List.of(any.references()));
    int[] lengths =
        counts.stream().mapToInt(c -> bleu.details(c).get("referenceLength").intValue()).toArray();
    List<LengthBuckets> buckets = new ArrayList<>();
    int from = 0;
    for (int to : MAX_LENGTHS) {
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
                            select(run.hypotheses(), members),
                            List.of(select(run.references(), members))))
                .toList())
        .mean();
  }

  private static List<String> select(List<String> sentences, int[] members) {
    return IntStream.of(members).mapToObj(sentences::get).toList();
  }

  /** The range of lengths, as "6 to 10". */
  String label() {
    if (to == Integer.MAX_VALUE) {
      return from + " and more";
    }
    return from == 0 ? "up to " + to : from + " to " + to;
  }
}
