package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * chrF2 (Popović 2015, 2016): the F-score of character n-grams up to 6, recall counting twice,
 * spaces left out, as sacreBLEU computes it. Counts: for each n, n-grams of the hypothesis, of the
 * reference, and matches.
 */
public final class Chrf implements Metric {
  private static final int ORDER = 6;
  private static final double BETA_SQUARED = 4;

  @Override
  public String name() {
    return "chrf";
  }

  @Override
  public String signature(int references) {
    return "nrefs:"
        + references
        + "|case:mixed|eff:yes|nc:6|nw:0|space:no|version:"
        + SACREBLEU_VERSION;
  }

  /** Of several references the one with the best F-score counts. */
  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<Map<String, Integer>> own = ngrams(hypothesis);
    double[] best = new double[3 * ORDER];
    double bestScore = -1;
    for (String reference : references) {
      double[] counts = compare(own, ngrams(reference));
      double score = score(counts);
      if (score > bestScore) {
        bestScore = score;
        best = counts;
      }
    }
    return best;
  }

  private static double[] compare(
      List<Map<String, Integer>> hypothesis, List<Map<String, Integer>> reference) {
    double[] counts = new double[3 * ORDER];
    for (int n = 0; n < ORDER; n++) {
      Map<String, Integer> expected = reference.get(n);
      int total = 0;
      int matches = 0;
      for (Map.Entry<String, Integer> entry : hypothesis.get(n).entrySet()) {
        total += entry.getValue();
        matches += Math.min(entry.getValue(), expected.getOrDefault(entry.getKey(), 0));
      }
      counts[3 * n] = expected.isEmpty() ? 0 : total;
      counts[3 * n + 1] = expected.values().stream().mapToInt(Integer::intValue).sum();
      counts[3 * n + 2] = matches;
    }
    return counts;
  }

  private static List<Map<String, Integer>> ngrams(String sentence) {
    int[] characters = WhiteSpace.remove(sentence).codePoints().toArray();
    List<Map<String, Integer>> result = new ArrayList<>();
    for (int n = 1; n <= ORDER; n++) {
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i + n <= characters.length; i++) {
        counts.merge(new String(characters, i, n), 1, Integer::sum);
      }
      result.add(counts);
    }
    return result;
  }

  /** The F-score of the mean precision and mean recall over the orders that both sides have. */
  @Override
  public double score(double[] counts) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 0; n < ORDER; n++) {
      if (counts[3 * n] > 0 && counts[3 * n + 1] > 0) {
        precision += counts[3 * n + 2] / counts[3 * n];
        recall += counts[3 * n + 2] / counts[3 * n + 1];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }
}
