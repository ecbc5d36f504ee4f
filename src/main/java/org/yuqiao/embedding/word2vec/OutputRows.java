package org.yuqiao.embedding.word2vec;

/** The rows of the output matrix that predict a word, in place of a full softmax. */
interface OutputRows {
  /** The number of rows of the output matrix. */
  int rows();

  /** The maximum number of targets of a word. */
  int maxTargets();

  /**
   * Fills {@code targets} with the rows and labels for predicting {@code word}.
   *
   * @param stride the distance between rows
   */
  void fill(int word, int stride, SplitMix random, Targets targets);
}
