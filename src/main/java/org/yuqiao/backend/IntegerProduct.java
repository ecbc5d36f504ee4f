package org.yuqiao.backend;

/**
 * Products of rows of integers of eight bits with a matrix {@code [I, O]} of such. Sums are exact,
 * whoever makes them: 127 * 127 * I stays below 2^31 for I up to 133,000.
 */
interface IntegerProduct {
  /** The most rows that are multiplied at once. */
  int mostRows();

  /**
   * Multiplies {@code rows} rows.
   *
   * @param q integers from -127 to 127, {@code [rows, I]}; what lies behind them, up to three rows
   *     more, may be read
   * @param scratch the sums stay there until its next use
   */
  void multiply(float[] q, int rows, Scratch scratch);

  /** Copies the sums of a row, O of them, into {@code sums}, each as the nearest float. */
  void read(int row, float[] sums, Scratch scratch);
}
