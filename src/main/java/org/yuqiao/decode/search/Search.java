package org.yuqiao.decode.search;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepModel;

/**
 * The search for the translation of one sentence. It has a row in the batch for each hypothesis
 * that still grows, and is done when it has none.
 */
public interface Search {
  /** What the model says of the rows of one search. */
  interface Scores {
    /** The log-probabilities of what may follow row {@code row}; valid until the next call. */
    float[] row(int row);

    /** The most probable token after row {@code row}, as {@link StepModel#best}. */
    int best(int row, Consumer<float[]> rule);

    /** Where the last token of row {@code row} looked in the source; valid until the next call. */
    float[] attention(int row);
  }

  /** The number of rows. */
  int rows();

  /** The last token of row {@code row}, which the model is fed next; {@code <bos>} at first. */
  int token(int row);

  /**
   * Lets the hypotheses grow by a token, end, or be given up.
   *
   * @return for each row there is now, which row before it continues
   */
  int[] advance(Scores scores);

  /** The translations found, the best first, when the search is done; at least one. */
  List<Hypothesis> result();
}
