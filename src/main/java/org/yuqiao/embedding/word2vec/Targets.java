package org.yuqiao.embedding.word2vec;

/**
 * The targets of one prediction: rows of the output matrix, each with a label, 1 or 0, for the
 * sigmoid of its dot product with the hidden vector.
 */
final class Targets {
  /** Where each row begins in the output matrix. */
  final int[] at;

  final float[] labels;
  int count;

  Targets(int max) {
    at = new int[max];
    labels = new float[max];
  }

  void clear() {
    count = 0;
  }

  void add(int offset, float label) {
    at[count] = offset;
    labels[count++] = label;
  }
}
