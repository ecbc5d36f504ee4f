package org.yuqiao.inference;

import java.util.List;

/**
 * A line cut into sentences that a model can read.
 *
 * @param gaps the white space before, between and after the sentences: one more than sentences
 */
public record SplitLine(List<Sentence> sentences, List<String> gaps) {
  /**
   * A sentence, or the part of one that is too long.
   *
   * @param source as it was given
   * @param text normalized
   * @param ids the tokens of the text
   */
  public record Sentence(String source, String text, int[] ids) {}
}
