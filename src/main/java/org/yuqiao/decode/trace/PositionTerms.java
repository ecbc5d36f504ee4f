package org.yuqiao.decode.trace;

import org.yuqiao.model.trace.AttentionVariables;

/** What a relative position scheme adds to the scores of one head, by query and key. */
record PositionTerms(TracedValues values, HeadColumns columns) {
  /**
   * The term {@code [T, S]}. Column n of N belongs to the distance s - t, clipped to -k .. k with k
   * = (N - 1) / 2.
   */
  float[][] of(AttentionVariables.PositionTerm term, int queries, int keys, int distances) {
    int max = (distances - 1) / 2;
    float[][] byQuery =
        term.isBias()
            ? bias(term.name(), queries, distances)
            : values.pairs(term.name(), columns.head(), queries, distances);
    float[][] matrix = new float[queries][keys];
    for (int t = 0; t < queries; t++) {
      for (int s = 0; s < keys; s++) {
        matrix[t][s] = byQuery[t][Math.max(-max, Math.min(max, s - t)) + max];
      }
    }
    return matrix;
  }

  /** The bias by distance {@code [1, N, H]}, the same for each query: {@code [T, N]}. */
  private float[][] bias(String name, int queries, int distances) {
    float[][] byDistance = values.rows(name, 0, distances, columns.heads());
    float[][] byQuery = new float[queries][distances];
    for (int t = 0; t < queries; t++) {
      for (int n = 0; n < distances; n++) {
        byQuery[t][n] = byDistance[n][columns.head()];
      }
    }
    return byQuery;
  }
}
