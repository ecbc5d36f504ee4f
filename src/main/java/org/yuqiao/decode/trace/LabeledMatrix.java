package org.yuqiao.decode.trace;

import java.util.Arrays;
import java.util.List;

/**
 * A matrix with names of its rows and columns; a large one is cut.
 *
 * @param rows its whole number of rows
 * @param columns its whole number of columns
 * @param rowLabels of the rows in {@code values}
 * @param columnLabels of the columns in {@code values}; empty where they have no names
 * @param values the first rows and columns, or the largest of each row where {@code tokens} names
 *     them; negative infinity where masked
 * @param tokens of a matrix over the vocabulary the token ids of the values of each row; else empty
 */
public record LabeledMatrix(
    int rows,
    int columns,
    List<String> rowLabels,
    List<String> columnLabels,
    float[][] values,
    int[][] tokens) {
  /** The maximum number of rows kept. */
  public static final int MAX_ROWS = 128;

  /** The maximum number of columns kept. */
  public static final int MAX_COLUMNS = 512;

  /** A matrix without names of its columns. */
  static LabeledMatrix of(List<String> rowLabels, float[][] values) {
    return of(rowLabels, List.of(), values);
  }

  /** A matrix, cut where it is large. */
  static LabeledMatrix of(List<String> rowLabels, List<String> columnLabels, float[][] values) {
    int columns = values[0].length;
    int keptColumns = Math.min(columns, MAX_COLUMNS);
    float[][] kept =
        Arrays.stream(values)
            .limit(MAX_ROWS)
            .map(row -> Arrays.copyOf(row, keptColumns))
            .toArray(float[][]::new);
    return new LabeledMatrix(
        values.length,
        columns,
        first(rowLabels, kept.length),
        first(columnLabels, keptColumns),
        kept,
        new int[0][]);
  }

  /**
   * A matrix over the vocabulary, of which each row has a few values.
   *
   * @param vocabulary V
   */
  static LabeledMatrix overVocabulary(
      List<String> rowLabels, int vocabulary, float[][] values, int[][] tokens) {
    int kept = Math.min(values.length, MAX_ROWS);
    return new LabeledMatrix(
        values.length,
        vocabulary,
        first(rowLabels, kept),
        List.of(),
        Arrays.copyOf(values, kept),
        Arrays.copyOf(tokens, kept));
  }

  /** Whether rows or columns are missing. */
  public boolean isCut() {
    return values.length < rows || values[0].length < columns;
  }

  private static List<String> first(List<String> labels, int count) {
    return List.copyOf(labels.subList(0, Math.min(count, labels.size())));
  }
}
