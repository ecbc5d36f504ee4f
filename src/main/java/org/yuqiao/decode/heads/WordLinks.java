package org.yuqiao.decode.heads;

import java.util.HashSet;
import java.util.Set;
import org.yuqiao.evaluate.alignment.WordLink;

/** Links of words read off attention weights. */
final class WordLinks {
  private WordLinks() {}

  /**
   * Links each target word with the source word that has most attention, as {@link
   * org.yuqiao.decode.explain.WordAlignment} does. Weights are summed over the tokens of both
   * words, those of a token that covers several words divided by characters. A word whose weights
   * are all 0 is not linked.
   *
   * @param weights {@code [T][S]} of target tokens to source tokens
   * @param firstRow the row of the first target token: 0 for the states that predict the tokens, 1
   *     for those that read them
   */
  static Set<WordLink> of(float[][] weights, int firstRow, TokenWords source, TokenWords target) {
    Set<WordLink> links = new HashSet<>();
    for (int t = 0; t < target.words(); t++) {
      double max = 0;
      int best = -1;
      for (int s = 0; s < source.words(); s++) {
        double sum = sum(weights, firstRow, source.shares()[s], target.shares()[t]);
        if (sum > max) {
          max = sum;
          best = s;
        }
      }
      if (best >= 0) {
        links.add(new WordLink(best, t));
      }
    }
    return links;
  }

  private static double sum(float[][] weights, int firstRow, float[] source, float[] target) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      if (target[i] > 0) {
        for (int j = 0; j < source.length; j++) {
          sum += target[i] * source[j] * weights[firstRow + i][j];
        }
      }
    }
    return sum;
  }

  /** Links each target word with the source word at the same share of the sentence. */
  static Set<WordLink> diagonal(int source, int target) {
    Set<WordLink> links = new HashSet<>();
    for (int t = 0; t < target; t++) {
      links.add(new WordLink((int) ((t + 0.5) * source / target), t));
    }
    return links;
  }
}
