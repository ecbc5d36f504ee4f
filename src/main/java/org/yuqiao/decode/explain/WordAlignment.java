package org.yuqiao.decode.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which source word each target word translates, as cross-attention has it: the weights of a word's
 * tokens are averaged over the target's tokens and added up over the source's, and the heaviest
 * source word is taken. They are those of the last layer but one, averaged over heads, which align
 * best (Garg et al. 2019, section 3.1); {@code <eos>} is left out. A word whose weights are all 0
 * is not linked.
 *
 * @param links in the order of the target
 */
public record WordAlignment(List<String> sourceWords, List<String> targetWords, List<Link> links) {

  /** Two words that translate each other, by their numbers from 0. */
  public record Link(int source, int target) {}

  /**
   * The weights that align, {@code [T][S]}.
   *
   * @param cross {@code [layers][heads][T][S]}
   */
  static float[][] weights(float[][][][] cross) {
    return AttentionWeights.meanOfHeads(cross[Math.max(0, cross.length - 2)]);
  }

  /**
   * Aligns.
   *
   * @param weights {@code [T][S]}, how much each target token looks at each source token
   */
  static WordAlignment of(List<Word> source, List<Word> target, float[][] weights) {
    List<Link> links = new ArrayList<>();
    for (int t = 0; t < target.size(); t++) {
      double heaviest = 0;
      int best = -1;
      for (int s = 0; s < source.size(); s++) {
        double sum = sum(target.get(t), source.get(s), weights);
        if (sum > heaviest) {
          heaviest = sum;
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

  /** The mean over the target's tokens is this over their number, the same for all source words. */
  private static double sum(Word target, Word source, float[][] weights) {
    double sum = 0;
    for (int t = target.from(); t < target.to(); t++) {
      for (int s = source.from(); s < source.to(); s++) {
        sum += weights[t][s];
      }
    }
    return sum;
  }

  /** As Moses writes it: {@code 0-0 1-2}, source and target. */
  public String toMoses() {
    return links.stream()
        .map(link -> link.source() + "-" + link.target())
        .collect(Collectors.joining(" "));
  }

  /** One alignment of several, which follow each other. */
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
