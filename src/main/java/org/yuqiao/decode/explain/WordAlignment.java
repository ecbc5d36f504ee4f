package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Aligns each target word with the source word that has most cross-attention. Weights are averaged
 * over the tokens of the target word and summed over those of the source word. They are those of
 * the second last layer, averaged over heads, which align best (Garg et al. 2019, section 3.1);
 * {@code <eos>} is left out. A word whose weights are all 0 is not linked.
 *
 * @param links in the order of the target
 */
public record WordAlignment(List<String> sourceWords, List<String> targetWords, List<Link> links) {

  /** Two aligned words, by their indices. */
  public record Link(int source, int target) {}

  /**
   * The weights used for alignment, {@code [T][S]}.
   *
   * @param cross {@code [layers][heads][T][S]}
   */
  static float[][] weights(float[][][][] cross) {
    return AttentionWeights.meanOfHeads(cross[Math.max(0, cross.length - 2)]);
  }

  /**
   * Aligns words.
   *
   * @param weights attention {@code [T][S]} of target tokens to source tokens
   */
  static WordAlignment of(List<Word> source, List<Word> target, float[][] weights) {
    List<Link> links = new ArrayList<>();
    for (int t = 0; t < target.size(); t++) {
      double max = 0;
      int best = -1;
      for (int s = 0; s < source.size(); s++) {
        double sum = sum(target.get(t), source.get(s), weights);
        if (sum > max) {
          max = sum;
          best = s;
        }
      }
      if (best >= 0) {
        links.add(new Link(best, t));
      }
    }
    return new WordAlignment(
        source.stream().map(Word::text).toList(),
        target.stream().map(Word::text).toList(),
        List.copyOf(links));
  }

  /**
   * The mean over the target's tokens times their number, which is the same for all source words.
   */
  private static double sum(Word target, Word source, float[][] weights) {
    double sum = 0;
    for (int t = target.from(); t < target.to(); t++) {
      for (int s = source.from(); s < source.to(); s++) {
        sum += weights[t][s];
      }
    }
    return sum;
  }

  /** In Moses format: {@code 0-0 1-2}, source and target. */
  public String toMoses() {
    return links.stream()
        .map(link -> link.source() + "-" + link.target())
        .collect(Collectors.joining(" "));
  }

  /** The alignment of consecutive {@code parts} as one. */
  public static WordAlignment joined(List<WordAlignment> parts) {
    List<String> sourceWords = new ArrayList<>();
    List<String> targetWords = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (WordAlignment part : parts) {
      for (Link link : part.links()) {
        links.add(new Link(sourceWords.size() + link.source(), targetWords.size() + link.target()));
      }
      sourceWords.addAll(part.sourceWords());
      targetWords.addAll(part.targetWords());
    }
    return new WordAlignment(sourceWords, targetWords, links);
  }
}
