package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Words and their vectors: an immutable embedding (嵌入) matrix {@code [V, D]}, one word a row. The
 * order of the words is kept, usually by descending frequency.
 */
public final class WordVectors {
  private final List<String> words;
  private final int dimension;
  private final float[] values;
  private final Map<String, Integer> indices;

  /**
   * Takes over {@code values} without a copy (a large vocabulary's matrix would not fit twice): the
   * caller must not change them afterwards.
   *
   * @param words one word a row, all distinct
   * @param dimension D, the length of each vector
   * @param values the matrix {@code [V, D]}, row-major
   * @throws IllegalArgumentException when the sizes do not match or a word occurs twice
   */
  public WordVectors(List<String> words, int dimension, float[] values) {
    if (dimension < 1 || values.length != (long) words.size() * dimension) {
      throw new IllegalArgumentException(
          words.size() + " words of dimension " + dimension + " and " + values.length + " values");
    }
    this.words = List.copyOf(words);
    this.dimension = dimension;
    this.values = values;
    this.indices = new HashMap<>(words.size() * 2);
    for (int i = 0; i < this.words.size(); i++) {
      Integer earlier = indices.put(this.words.get(i), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            "'" + this.words.get(i) + "' is word " + earlier + " and word " + i);
      }
    }
  }

  /** V, the number of words. */
  public int size() {
    return words.size();
  }

  /** D, the length of each vector. */
  public int dimension() {
    return dimension;
  }

  /** All words in their order. */
  public List<String> words() {
    return words;
  }

  /** The word of row {@code index}. */
  public String word(int index) {
    return words.get(index);
  }

  /** The row of {@code word}, if it is known. */
  public OptionalInt index(String word) {
    Integer index = indices.get(word);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** A copy of row {@code index}: {@code [D]}. */
  public float[] row(int index) {
    return Arrays.copyOfRange(values, index * dimension, (index + 1) * dimension);
  }

  /** The selected rows, in the given order: {@code [rows, D]}. */
  public WordVectors select(int... rows) {
    float[] selected = new float[Math.multiplyExact(rows.length, dimension)];
    List<String> names = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      names.add(words.get(rows[i]));
      System.arraycopy(values, rows[i] * dimension, selected, i * dimension, dimension);
    }
    return new WordVectors(names, dimension, selected);
  }

  /** The same words with every vector scaled to length 1; zero vectors stay zero. */
  public WordVectors normalized() {
    float[] unit = new float[values.length];
    for (int from = 0; from < values.length; from += dimension) {
      double squares = 0;
      for (int i = from; i < from + dimension; i++) {
        squares += (double) values[i] * values[i];
      }
      double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
      for (int i = from; i < from + dimension; i++) {
        unit[i] = (float) (values[i] * scale);
      }
    }
    return new WordVectors(words, dimension, unit);
  }

  /** The matrix itself, {@code [V, D]} row-major; callers must not change it. */
  public float[] values() {
    return values;
  }
}
