package org.yuqiao.train;

import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.backend.Feeds;
import org.yuqiao.corpus.EncodedPair;

/** How examples become the placeholders of a model's loss graph. */
@FunctionalInterface
public interface Feeding {
  /**
   * What a graph is fed.
   *
   * @param read tokens read, without padding
   * @param predicted tokens or labels predicted, without padding
   */
  record Fed(Feeds feeds, int read, int predicted) {}

  /**
   * Makes a batch of {@code examples}.
   *
   * @param random for what is drawn anew each time
   */
  Fed of(List<EncodedPair> examples, SplittableRandom random);
}
