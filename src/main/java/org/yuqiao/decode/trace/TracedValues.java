package org.yuqiao.decode.trace;

import java.util.Arrays;
import org.yuqiao.backend.session.Session;

/** Reads the variables of one sentence pair from a session that has run. */
record TracedValues(Session session) {
  /** A variable {@code [1, rows, columns]}. */
  float[][] matrix(String variable, int rows, int columns) {
    return rows(variable, 0, rows, columns);
  }

  /** The columns of one head of a variable {@code [1, rows, D]}: {@code [rows, d_k]}. */
  float[][] ofHead(String variable, int rows, HeadColumns columns) {
    float[][] whole = matrix(variable, rows, columns.width());
    return Arrays.stream(whole)
        .map(row -> Arrays.copyOfRange(row, columns.from(), columns.to()))
        .toArray(float[][]::new);
  }

  /** The matrix of one head of a variable {@code [1, H, queries, keys]}, head from 0. */
  float[][] pairs(String variable, int head, int queries, int keys) {
    return rows(variable, head * queries, queries, keys);
  }

  /** Rows from {@code first} on, all axes but the last taken together. */
  float[][] rows(String variable, int first, int count, int columns) {
    float[][] values = new float[count][columns];
    for (int i = 0; i < count; i++) {
      session.read(variable, first + i, values[i]);
    }
    return values;
  }
}
