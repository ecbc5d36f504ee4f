package org.yuqiao.decode;

import java.util.List;

/**
 * What knows the probability of the next token: a model, or several that are asked together. It
 * holds a batch of N sentences with B/N hypotheses each; the hypotheses of a sentence are B/N rows
 * one after the other, and all rows have equally many tokens.
 */
interface Predictor extends AutoCloseable {
  /** Begins a batch: each of {@code sources} has one row, without tokens. */
  void begin(List<int[]> sources);

  /** Appends a token to each row; afterwards {@link #read} gives what may follow. */
  void step(int[] tokens);

  /**
   * Copies the log-probability of every next token after row {@code row}; room for a vocabulary.
   */
  void read(int row, float[] logProbabilities);

  /**
   * Copies where the last token of row {@code row} looked in the source: the mean over layers and
   * heads, the sum being 1.
   *
   * @param weights room for the longest source of the batch and its end
   */
  void readAttention(int row, float[] weights);

  /**
   * Leaves and doubles rows: sentence i becomes what sentence {@code sentences[i]} was, row i what
   * row {@code rows[i]} was.
   */
  void select(int[] sentences, int[] rows);

  /** The number of tokens there are. */
  int vocabulary();

  /** The most tokens a row may have, {@code <bos>} being one. */
  int positions();

  @Override
  void close();
}
