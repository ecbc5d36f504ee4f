package org.yuqiao.embedding.io;

import java.util.Arrays;
import java.util.Locale;
import org.yuqiao.files.InvalidInputException;

/**
 * The matrix {@code [V, D]} of vectors that are read from a file. It grows with the rows where the
 * size of the file does not show that it holds them, as of a compressed one.
 */
final class VectorRows {
  /** The largest dimension that is read, some ten times that of the largest known embeddings. */
  static final int MAX_DIMENSION = 100_000;

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final int FIRST_CAPACITY = 1 << 20;

  private final String file;
  private final int dimension;
  private final int count;
  private float[] values;

  /**
   * Room for {@code words} rows.
   *
   * @param file for messages
   * @param known whether the file is long enough for all rows
   * @throws InvalidInputException when the dimension or the memory needed is too large
   */
  VectorRows(String file, int words, int dimension, boolean known) {
    InvalidInputException.require(
        dimension <= MAX_DIMENSION,
        String.format(
            Locale.ROOT,
            "%s: the vectors have the dimension %,d; expected at most %,d",
            file,
            dimension,
            MAX_DIMENSION));
    this.file = file;
    this.dimension = dimension;
    long all = (long) words * dimension;
    if (all > MAX_ARRAY || all * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw tooLarge(words, null);
    }
    this.count = (int) all;
    this.values = allocated(known ? count : Math.min(count, Math.max(FIRST_CAPACITY, dimension)));
  }

  /** The matrix with room for row {@code row}; another array after it has grown. */
  float[] withRow(int row) {
    int needed = (row + 1) * dimension;
    if (needed > values.length) {
      float[] longer = allocated((int) Math.min(count, Math.max(needed, 2L * values.length)));
      System.arraycopy(values, 0, longer, 0, values.length);
      values = longer;
    }
    return values;
  }

  /** The matrix of the first {@code rows} rows. */
  float[] values(int rows) {
    return rows * dimension == values.length ? values : Arrays.copyOf(values, rows * dimension);
  }

  private float[] allocated(int length) {
    try {
      return new float[length];
    } catch (OutOfMemoryError e) {
      throw tooLarge(count / dimension, e);
    }
  }

  private InvalidInputException tooLarge(int words, Throwable cause) {
    return new InvalidInputException(
        String.format(
            "%s: %d words of dimension %d need %d MB of memory, but Java may use %d MB; give it"
                + " more with YUQIAO_HEAP, such as YUQIAO_HEAP=8g",
            file,
            words,
            dimension,
            ((long) words * dimension * Float.BYTES) >> 20,
            Runtime.getRuntime().maxMemory() >> 20),
        cause);
  }
}
