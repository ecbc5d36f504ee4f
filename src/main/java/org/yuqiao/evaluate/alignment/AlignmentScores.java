package org.yuqiao.evaluate.alignment;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.yuqiao.evaluate.Bootstrap;
import org.yuqiao.evaluate.BootstrapInterval;

/**
 * Alignment error rate, precision and recall of links A against sure links S and possible links P
 * (Och and Ney 2003, section 5), summed over all sentence pairs, in percent.
 *
 * @param errorRate 1 - (|A and S| + |A and P|) / (|A| + |S|); lower is better
 * @param interval of the error rate over resampled sentence pairs
 * @param precision |A and P| / |A|
 * @param recall |A and S| / |S|
 * @param links |A|
 */
public record AlignmentScores(
    double errorRate, BootstrapInterval interval, double precision, double recall, long links) {
  private static final long SEED = 1;

  /** The counts of one sentence pair, or their sums. */
  private record Counts(long links, long sure, long inSure, long inPossible) {
    static Counts of(GoldAlignment gold, Set<WordLink> links) {
      return new Counts(
          links.size(),
          gold.sure().size(),
          links.stream().filter(gold.sure()::contains).count(),
          links.stream().filter(gold.possible()::contains).count());
    }

    static Counts sum(List<Counts> pairs, IntStream drawn) {
      long links = 0;
      long sure = 0;
      long inSure = 0;
      long inPossible = 0;
      for (int pair : drawn.toArray()) {
        Counts one = pairs.get(pair);
        links += one.links;
        sure += one.sure;
        inSure += one.inSure;
        inPossible += one.inPossible;
      }
      return new Counts(links, sure, inSure, inPossible);
    }

    double errorRate() {
      return 100 - percent(inSure + inPossible, links + sure);
    }
  }

  /**
   * Scores the links of each pair.
   *
   * @param gold the alignments made by hand, at least one
   * @param links for each of them the links to score
   */
  public static AlignmentScores of(List<GoldAlignment> gold, List<Set<WordLink>> links) {
    if (gold.isEmpty() || gold.size() != links.size()) {
      throw new IllegalArgumentException(gold.size() + " pairs, links of " + links.size());
    }
    List<Counts> pairs =
        IntStream.range(0, gold.size())
            .mapToObj(i -> Counts.of(gold.get(i), links.get(i)))
            .toList();
    Counts all = Counts.sum(pairs, IntStream.range(0, pairs.size()));
    return new AlignmentScores(
        all.errorRate(),
        Bootstrap.interval(
            pairs.size(), drawn -> Counts.sum(pairs, IntStream.of(drawn)).errorRate(), SEED),
        percent(all.inPossible, all.links),
        percent(all.inSure, all.sure),
        all.links);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
