package org.yuqiao.evaluate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.evaluate.text.BleuTokenizer;
import org.yuqiao.evaluate.text.Whitespace;
import org.yuqiao.files.InvalidInputException;

/**
 * BLEU (Papineni et al. 2002) with n-grams up to 4, as sacreBLEU (Post 2018) computes it. Counts:
 * hypothesis length, reference length, then for n = 1..4 the matches, then the n-grams.
 */
public final class Bleu implements Metric {
  private static final int ORDER = 4;
  private final BleuTokenizer tokenizer;
  private final BleuSmoothing smoothing;

  /** BLEU over the tokens of {@code tokenizer}, with exponential smoothing. */
  public Bleu(BleuTokenizer tokenizer) {
    this(tokenizer, BleuSmoothing.EXPONENTIAL);
  }

  /** BLEU over the tokens of {@code tokenizer}. */
  public Bleu(BleuTokenizer tokenizer, BleuSmoothing smoothing) {
    this.tokenizer = tokenizer;
    this.smoothing = smoothing;
  }

  @Override
  public String name() {
    return "bleu";
  }

  @Override
  public String signature(int references) {
    return signature(references, "no");
  }

  @Override
  public String sentenceSignature(int references) {
    return signature(references, "yes");
  }

  private String signature(int references, String effectiveOrder) {
    return "nrefs:"
        + references
        + "|case:mixed|eff:"
        + effectiveOrder
        + "|tok:"
        + tokenizer.signature()
        + "|smooth:"
        + smoothing.signature()
        + "|version:"
        + SACREBLEU_VERSION;
  }

  /**
   * The counts of one sentence: length of the closest reference, n-grams clipped by the maximum
   * over references.
   */
  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<String> words = tokenizer.cut(Whitespace.stripTrailing(hypothesis));
    double[] counts = new double[2 + 2 * ORDER];
    counts[0] = words.size();
    int closest = -1;
    Map<List<String>, Integer> allowed = new HashMap<>();
    for (String reference : references) {
      List<String> own = tokenizer.cut(Whitespace.stripTrailing(reference));
      int distance = Math.abs(own.size() - words.size());
      int best = Math.abs(closest - words.size());
      if (closest < 0 || distance < best || (distance == best && own.size() < closest)) {
        closest = own.size();
      }
      ngrams(own).forEach((ngram, count) -> allowed.merge(ngram, count, Math::max));
    }
    counts[1] = closest;
    ngrams(words)
        .forEach(
            (ngram, count) -> {
              counts[1 + ngram.size()] += Math.min(count, allowed.getOrDefault(ngram, 0));
              counts[1 + ORDER + ngram.size()] += count;
            });
    return counts;
  }

  private static Map<List<String>, Integer> ngrams(List<String> words) {
    Map<List<String>, Integer> ngrams = new HashMap<>();
    for (int n = 1; n <= ORDER; n++) {
      for (int i = 0; i + n <= words.size(); i++) {
        ngrams.merge(words.subList(i, i + n), 1, Integer::sum);
      }
    }
    return ngrams;
  }

  @Override
  public double score(double[] counts) {
    return score(counts, ORDER);
  }

  /**
   * The BLEU of one sentence; ignores orders longer than the sentence ("effective order").
   *
   * @throws InvalidInputException if there is no reference
   */
  @Override
  public double sentence(String hypothesis, List<String> references) {
    double[] counts =
        allCounts(List.of(hypothesis), references.stream().map(List::of).toList()).get(0);
    int order = 0;
    while (order < ORDER && ngramsOf(counts, order + 1) > 0) {
      order++;
    }
    return score(counts, order);
  }

  /** The geometric mean of the first precisions, times the brevity penalty. */
  private double score(double[] counts, int orders) {
    double[] precisions = precisions(counts);
    double logs = 0;
    for (int n = 0; n < orders; n++) {
      if (precisions[n] == 0) {
        return 0;
      }
      logs += Math.log(precisions[n]);
    }
    return orders == 0 ? 0 : brevityPenalty(counts) * Math.exp(logs / orders);
  }

  private double ngramsOf(double[] counts, int n) {
    return counts[1 + ORDER + n] + smoothing.added(n);
  }

  /**
   * The smoothed precisions in percent: all 0 without a match, and 0 for orders without hypothesis
   * n-grams.
   */
  private double[] precisions(double[] counts) {
    double[] precisions = new double[ORDER];
    // Without a matching word no longer n-gram matches.
    if (counts[2] == 0) {
      return precisions;
    }
    int withoutMatch = 0;
    for (int n = 1; n <= ORDER && ngramsOf(counts, n) > 0; n++) {
      double matches = counts[1 + n] + smoothing.added(n);
      if (matches == 0) {
        withoutMatch++;
        matches = smoothing.matchesForZero(withoutMatch);
      }
      precisions[n - 1] = 100 * matches / ngramsOf(counts, n);
    }
    return precisions;
  }

  private static double brevityPenalty(double[] counts) {
    if (counts[0] >= counts[1]) {
      return 1;
    }
    return counts[0] == 0 ? 0 : Math.exp(1 - counts[1] / counts[0]);
  }

  @Override
  public Map<String, Double> details(double[] counts) {
    Map<String, Double> details = new LinkedHashMap<>();
    double[] precisions = precisions(counts);
    for (int n = 1; n <= ORDER; n++) {
      details.put("precision" + n, precisions[n - 1]);
    }
    details.put("brevityPenalty", brevityPenalty(counts));
    details.put("hypothesisLength", counts[0]);
    details.put("referenceLength", counts[1]);
    return details;
  }
}
