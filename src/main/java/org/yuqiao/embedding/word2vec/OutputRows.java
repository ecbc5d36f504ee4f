package org.yuqiao.embedding.word2vec;

/** Says which rows of the output matrix stand for a word: the two ways to avoid a full softmax. */
interface OutputRows {
  /** How many rows the output matrix has. */
  int rows();

  /** The most targets a word has. */
  int most();

  /**
   * Puts into {@code targets} what predicting {@code word} means now.
   *
   * @param stride the distance between rows
   */
  void fill(int word, int stride, SplitMix random, Targets targets);
}
