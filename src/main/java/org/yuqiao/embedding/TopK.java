package org.yuqiao.embedding;

import java.util.Arrays;

/**
 * The k greatest of many scores, found in one pass: those kept stand in order, and a newcomer that
 * beats the last is moved up to its place. Of equal scores the earlier index wins.
 */
final class TopK {
  private final int[] indices;
  private final float[] scores;
  private int size;

  TopK(int k) {
    this.indices = new int[k];
    this.scores = new float[k];
  }

  /** Considers a score; indices must come in growing order. */
  void add(int index, float score) {
    if (size == indices.length && !(score > scores[size - 1])) {
      return;
    }
    int at = size < indices.length ? size++ : size - 1;
    while (at > 0 && score > scores[at - 1]) {
      indices[at] = indices[at - 1];
      scores[at] = scores[at - 1];
      at--;
    }
    indices[at] = index;
    scores[at] = score;
  }

  /** The indices kept, the best first. */
  int[] indices() {
    return Arrays.copyOf(indices, size);
  }
}
