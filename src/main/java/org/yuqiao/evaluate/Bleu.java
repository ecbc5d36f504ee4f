package org.yuqiao.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU (Papineni et al. 2002) with n-grams up to 4 and exponential smoothing, as sacreBLEU (Post
 * 2018) computes it. Counts: hypothesis length, reference length, then for n = 1..4 the matches,
 * then the n-grams.
 */
public final class Bleu implements Metric {
  private static final int ORDER = 4;
  private final BleuTokenizer tokenizer;

  /** BLEU over the tokens of {@code tokenizer}. */
  public Bleu(BleuTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  @Override
  public String name() {
    return "bleu";
  }

  @Override
  public String signature(int references) {
    return "nrefs:"
        + references
        + "|case:mixed|eff:no|tok:"
        + tokenizer.signature()
        + "|smooth:exp|version:"
        + SACREBLEU_VERSION;
  }

  @Override
  public double[] counts(String hypothesis, List<String> references) {
    List<String> words = tokenizer.cut(hypothesis.stripTrailing());
    double[] counts = new double[2 + 2 * ORDER];
    counts[0] = words.size();
    int closest = -1;
    Map<List<String>, Integer> allowed = new HashMap<>();
    for (String reference : references) {
      List<String> own = tokenizer.cut(reference.stripTrailing());
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
    return score(counts, false);
  }

  /** The BLEU of one sentence: orders it is too short for do not count. */
  public double sentence(String hypothesis, List<String> references) {
    return score(counts(hypothesis, references), true);
  }

  private static double score(double[] counts, boolean effectiveOrder) {
    double logs = 0;
    double smoothing = 1;
    double matches = 0;
    int order = ORDER;
    for (int n = 1; n <= ORDER; n++) {
      double correct = counts[1 + n];
      double total = counts[1 + ORDER + n];
      matches += correct;
      if (total == 0) {
        if (!effectiveOrder) {
          return 0;
        }
        order = n - 1;
        break;
      }
      if (correct == 0) {
        smoothing *= 2;
      }
      logs += Math.log(correct == 0 ? 1 / (smoothing * total) : correct / total);
    }
    if (matches == 0) {
      return 0;
    }
    double brevity = counts[0] < counts[1] ? Math.exp(1 - counts[1] / counts[0]) : 1;
    return 100 * brevity * Math.exp(logs / order);
  }
}
