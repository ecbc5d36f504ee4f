package org.yuqiao.evaluate.alignment;

import java.util.List;
import java.util.Set;

/**
 * Alignment error rate, precision and recall of links A against sure links S and possible links P
 * (Och and Ney 2003, section 5), summed over all sentence pairs, in percent.
 *
 * @param errorRate 1 - (|A and S| + |A and P|) / (|A| + |S|); lower is better
 * @param precision |A and P| / |A|
 * @param recall |A and S| / |S|
 * @param links |A|
 */
public record AlignmentScores(double errorRate, double precision, double recall, long links) {
  /**
   * Scores the links of each pair.
   *
   * @param gold the alignments made by hand
   * @param links for each of them the links to score
   */
  public static AlignmentScores of(List<GoldAlignment> gold, List<Set<WordLink>> links) {
    if (gold.size() != links.size()) {
      throw new IllegalArgumentException(gold.size() + " pairs, links of " + links.size());
    }
    long all = 0;
    long sure = 0;
    long inSure = 0;
    long inPossible = 0;
    for (int i = 0; i < gold.size(); i++) {
      all += links.get(i).size();
      sure += gold.get(i).sure().size();
      inSure += links.get(i).stream().filter(gold.get(i).sure()::contains).count();
      inPossible += links.get(i).stream().filter(gold.get(i).possible()::contains).count();
    }
    return new AlignmentScores(
        100 - percent(inSure + inPossible, all + sure),
        percent(inPossible, all),
        percent(inSure, sure),
        all);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
