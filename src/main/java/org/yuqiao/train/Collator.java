package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.corpus.pair.Example;

/** How examples become the placeholders of a model's loss graph. */
@FunctionalInterface
public interface Collator {
  /**
   * What a graph is fed.
   *
   * @param read tokens read, without padding
   * @param predicted tokens or labels predicted, without padding
   */
  record Fed(Inputs feeds, int read, int predicted) {}

  /**
   * Makes a batch of {@code examples}.
   *
   * @param random for what is drawn anew each time
   */
  Fed of(List<Example> examples, SplittableRandom random);
}
