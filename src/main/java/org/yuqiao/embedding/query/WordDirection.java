package org.yuqiao.embedding.query;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/**
 * A feature as a direction of the space, as the plural: the mean difference of word pairs (Mikolov
 * et al. 2013, "Linguistic Regularities in Continuous Space Word Representations"). Each pair is
 * projected on the direction of the other pairs (leave-one-out), since its own difference would
 * always agree.
 *
 * @param projections of the pairs that are in the vocabulary, in order
 */
public record WordDirection(List<Projection> projections) {
  /** The least number of pairs that make a direction. */
  public static final int MIN_PAIRS = 5;

  /**
   * A pair on the direction of the other pairs.
   *
   * @param from the word without the feature, as in the vocabulary
   * @param to the word with it
   * @param fromValue the projection of its unit vector
   * @param toValue the projection of its unit vector
   * @param cosine of the pair's difference and the direction, from -1 to 1
   */
  public record Projection(
      String from, String to, double fromValue, double toValue, double cosine) {
    /** Whether the word with the feature lies farther in the direction. */
    public boolean ordered() {
      return toValue > fromValue;
    }
  }

  /** Rows of a pair. */
  private record Rows(int from, int to) {}

  /** Copies the projections. */
  public WordDirection {
    projections = List.copyOf(projections);
  }

  /** The number of pairs whose word with the feature lies farther in the direction. */
  public int ordered() {
    return (int) projections.stream().filter(Projection::ordered).count();
  }

  /** The number of {@code pairs} with both words in the vocabulary. */
  public static int covered(WordSearch words, WordPairs pairs) {
    return rows(words, pairs).size();
  }

  /**
   * Projects the pairs of the vocabulary.
   *
   * @param words of {@code vectors}
   * @throws InvalidInputException when they are fewer than {@link #MIN_PAIRS}
   */
  public static WordDirection of(WordVectors vectors, WordSearch words, WordPairs pairs) {
    List<Rows> rows = rows(words, pairs);
    InvalidInputException.require(
        rows.size() >= MIN_PAIRS,
        String.format(
            "the direction '%s' needs %d of its pairs in the vocabulary, but there are %d",
            pairs.name(), MIN_PAIRS, rows.size()));
    WordVectors unit = vectors.normalized();
    List<double[]> differences = new ArrayList<>();
    double[] sum = new double[unit.dimension()];
    for (Rows pair : rows) {
      double[] difference = difference(unit.row(pair.from()), unit.row(pair.to()));
      differences.add(difference);
      for (int d = 0; d < sum.length; d++) {
        sum[d] += difference[d];
      }
    }
    List<Projection> projections = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] own = differences.get(i);
      double[] others = new double[sum.length];
      for (int d = 0; d < sum.length; d++) {
        others[d] = sum[d] - own[d];
      }
      double length = Math.sqrt(dot(others, others));
      double from = dot(others, doubles(unit.row(rows.get(i).from()))) / nonZero(length);
      double to = dot(others, doubles(unit.row(rows.get(i).to()))) / nonZero(length);
      projections.add(
          new Projection(
              unit.word(rows.get(i).from()),
              unit.word(rows.get(i).to()),
              from,
              to,
              (to - from) / nonZero(Math.sqrt(dot(own, own)))));
    }
    return new WordDirection(projections);
  }

  private static List<Rows> rows(WordSearch words, WordPairs pairs) {
    List<Rows> rows = new ArrayList<>();
    for (WordPairs.Pair pair : pairs.pairs()) {
      OptionalInt from = words.wholeWord(pair.from());
      OptionalInt to = words.wholeWord(pair.to());
      if (from.isPresent() && to.isPresent()) {
        rows.add(new Rows(from.getAsInt(), to.getAsInt()));
      }
    }
    return rows;
  }

  private static double[] difference(float[] from, float[] to) {
    double[] result = new double[from.length];
    for (int d = 0; d < result.length; d++) {
      result[d] = (double) to[d] - from[d];
    }
    return result;
  }

  private static double[] doubles(float[] values) {
    return difference(new float[values.length], values);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  /** A zero vector has zero projections. */
  private static double nonZero(double length) {
    return length == 0 ? 1 : length;
  }
}
