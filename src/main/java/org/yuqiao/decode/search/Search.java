package org.yuqiao.decode.search;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepModel;

/**
 * The search for the translation of one sentence. It takes one row of the batch for each live
 * hypothesis, and is done when it has none.
 */
public interface Search {
  /** The model's outputs for the rows of one search. */
  interface Scores {
    /** The log-probabilities {@code [V]} after row {@code row}; valid until the next call. */
    float[] row(int row);

    /** The most probable token after row {@code row}, as {@link StepModel#best}. */
    int best(int row, Consumer<float[]> processor);

    /** The cross-attention of the last token of row {@code row}; valid until the next call. */
    float[] attention(int row);
  }

  /** The number of rows. */
  int rows();

  /** The last token of row {@code row}, the model's next input; {@code <bos>} at first. */
  int token(int row);

  /**
   * Extends, finishes or prunes hypotheses.
   *
   * @return for each new row the former row it continues
   */
  int[] advance(Scores scores);

  /** The finished hypotheses, the best first, once the search is done; at least one. */
  List<Hypothesis> result();
}
