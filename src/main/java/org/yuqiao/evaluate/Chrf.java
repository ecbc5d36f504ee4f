package org.yuqiao.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.evaluate.text.Whitespace;

/**
 * chrF2 (Popović 2015, 2016) and chrF++ (Popović 2017), as sacreBLEU computes them.
 *
 * <p>chrF2 is the F-score, with beta 2, of character n-grams up to 6 without spaces; chrF++ adds
 * word n-grams. Counts: for each order, characters first, the n-grams of the hypothesis, of the
 * reference, and matches.
 */
public final class Chrf implements Metric {
  /** The word order of chrF++. */
  public static final int PLUS_PLUS = 2;

  private static final int CHARACTER_ORDER = 6;
  private static final double BETA_SQUARED = 4;
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private final int wordOrder;
  private final int orders;

  /** chrF2: character n-grams only. */
  public Chrf() {
    this(0);
  }

  /** chrF2 that also counts n-grams of up to {@code wordOrder} words. */
  public Chrf(int wordOrder) {
    this.wordOrder = wordOrder;
    this.orders = CHARACTER_ORDER + wordOrder;
  }

  @Override
  public String name() {
    return "chrf" + "+".repeat(wordOrder);
  }

  @Override
  public String signature(int references) {
    return "nrefs:"
        + references
        + "|case:mixed|eff:yes|nc:"
        + CHARACTER_ORDER
        + "|nw:"
        + wordOrder
        + "|space:no|version:"
        + SACREBLEU_VERSION;
  }

  /** The counts against the reference with the best F-score. */
  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<Map<String, Integer>> own = ngrams(hypothesis);
    double[] best = new double[3 * orders];
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

  private double[] compare(
      List<Map<String, Integer>> hypothesis, List<Map<String, Integer>> reference) {
    double[] counts = new double[3 * orders];
    for (int n = 0; n < orders; n++) {
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

  private List<Map<String, Integer>> ngrams(String sentence) {
    int[] characters = Whitespace.remove(sentence).codePoints().toArray();
    List<Map<String, Integer>> result = new ArrayList<>();
    for (int n = 1; n <= CHARACTER_ORDER; n++) {
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i + n <= characters.length; i++) {
        counts.merge(new String(characters, i, n), 1, Integer::sum);
      }
      result.add(counts);
    }
    List<String> words = wordOrder == 0 ? List.of() : words(sentence);
    for (int n = 1; n <= wordOrder; n++) {
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i + n <= words.size(); i++) {
        counts.merge(String.join(" ", words.subList(i, i + n)), 1, Integer::sum);
      }
      result.add(counts);
    }
    return result;
  }

  /** Words with one punctuation mark split off: the last character, otherwise the first. */
  private static List<String> words(String sentence) {
    List<String> words = new ArrayList<>();
    for (String word : Whitespace.split(sentence)) {
      int last = word.length() - 1;
      if (last > 0 && PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (last > 0 && PUNCTUATION.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  /** The F-score of the mean precision and mean recall over the orders that both sides have. */
  @Override
  public double score(double[] counts) {
    double precision = meanShare(counts, 0);
    double recall = meanShare(counts, 1);
    if (precision + recall == 0) {
      return 0;
    }
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  /** The mean precision (side 0) or recall (side 1) over the effective orders. */
  private double meanShare(double[] counts, int side) {
    double sum = 0;
    int effective = 0;
    for (int n = 0; n < orders; n++) {
      if (counts[3 * n] > 0 && counts[3 * n + 1] > 0) {
        sum += counts[3 * n + 2] / counts[3 * n + side];
        effective++;
      }
    }
    return effective == 0 ? 0 : sum / effective;
  }

  @Override
  public Map<String, Double> details(double[] counts) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("precision", 100 * meanShare(counts, 0));
    details.put("recall", 100 * meanShare(counts, 1));
    return details;
  }
}
