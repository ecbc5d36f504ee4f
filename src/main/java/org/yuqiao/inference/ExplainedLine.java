package org.yuqiao.inference;

import java.util.List;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.explain.WordAlignment;

/**
 * The explanations of a line, which may be too long for the model as a whole.
 *
 * @param translation the sentences' translations joined
 * @param sentences usually one
 */
public record ExplainedLine(String translation, List<Explanation> sentences) {
  /** The word alignment of the whole line. */
  public WordAlignment alignment() {
    return WordAlignment.joined(sentences.stream().map(Explanation::alignment).toList());
  }
}
