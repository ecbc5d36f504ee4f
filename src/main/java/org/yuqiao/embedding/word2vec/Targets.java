package org.yuqiao.embedding.word2vec;

/**
 * What one prediction is trained towards: rows of the output matrix, each with the answer, 1 or 0,
 * that its dot product with the hidden vector should give through the sigmoid.
 */
final class Targets {
  /** Where each row begins in the output matrix. */
  final int[] at;

  final float[] labels;
  int count;

  Targets(int most) {
    at = new int[most];
    labels = new float[most];
  }

  void clear() {
    count = 0;
  }

  void add(int offset, float label) {
    at[count] = offset;
    labels[count++] = label;
  }
}
