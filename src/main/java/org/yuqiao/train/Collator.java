package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.corpus.pair.Example;

/** Turns examples into the inputs of a model's loss graph. */
@FunctionalInterface
public interface Collator {
  /**
   * The inputs of a batch.
   *
   * @param read tokens read, without padding
   * @param predicted tokens or labels predicted, without padding
   */
  record CollatedBatch(Inputs inputs, int read, int predicted) {
    /** The batch and, behind it, the same again. */
    CollatedBatch twice() {
      return new CollatedBatch(inputs.twice(), 2 * read, 2 * predicted);
    }
  }

  /**
   * Collates {@code examples}.
   *
   * @param random draws the masked tokens, if any
   */
  CollatedBatch of(List<Example> examples, SplittableRandom random);
}
