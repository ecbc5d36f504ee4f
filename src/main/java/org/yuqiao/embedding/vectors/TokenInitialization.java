package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Starts an embedding matrix from word vectors. Vectors are brought to the matrix's width; the mean
 * that all have in common, which distinguishes no words, is subtracted (Mu and Viswanath,
 * "All-but-the-Top", 2018, section 2); then each gets the root mean square of the random values
 * that it replaces, which the attention blocks behind expect. Without that, a rare word, which
 * word2vec has hardly moved from its small first values, would start as almost nothing. Tokens
 * without a vector keep their random values.
 */
public final class TokenInitialization {
  private final WordVectors vectors;
  private final long seed;

  /**
   * Starts from {@code vectors}.
   *
   * @param seed of the rotation into a wider matrix
   */
  public TokenInitialization(WordVectors vectors, long seed) {
    this.vectors = vectors;
    this.seed = seed;
  }

  /**
   * Which tokens were found.
   *
   * @param found tokens that start from a vector
   * @param missing the others, in the order of the vocabulary
   * @param dimension the vectors' width before they were projected
   * @param width the matrix's width
   */
  public record Coverage(int found, List<String> missing, int dimension, int width) {
    private static final int SHOWN = 8;

    /** For people. */
    public String sentence() {
      int all = found + missing.size();
      String sentence =
          String.format(Locale.ROOT, "%,d of %,d tokens start from a word vector", found, all);
      if (dimension != width) {
        sentence +=
            String.format(
                Locale.ROOT,
                " (%d dimensions %s to %d)",
                dimension,
                dimension > width ? "reduced by principal components" : "rotated",
                width);
      }
      if (!missing.isEmpty()) {
        sentence +=
            "; the others keep random values: "
                + String.join(" ", missing.subList(0, Math.min(SHOWN, missing.size())))
                + (missing.size() > SHOWN ? " ..." : "");
      }
      return sentence;
    }
  }

  /**
   * Replaces rows of {@code matrix} {@code [V, D]}, row-major.
   *
   * @param tokens the V tokens; U+2581 before one stands for a space
   */
  public Coverage fill(List<String> tokens, float[] matrix) {
    int width = matrix.length / tokens.size();
    List<Integer> rows = new ArrayList<>();
    List<float[]> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      OptionalInt index = index(tokens.get(i));
      if (index.isPresent()) {
        rows.add(i);
        found.add(vectors.row(index.getAsInt()));
      } else {
        missing.add(tokens.get(i));
      }
    }
    float[][] projected = WidthProjection.of(found.toArray(float[][]::new), width, seed);
    float[] mean = mean(projected, width);
    double target = rootMeanSquare(matrix);
    for (int i = 0; i < rows.size(); i++) {
      float[] row = difference(projected[i], mean);
      double length = rootMeanSquare(row);
      for (int d = 0; d < width && length > 0; d++) {
        matrix[rows.get(i) * width + d] = (float) (row[d] * target / length);
      }
    }
    return new Coverage(rows.size(), List.copyOf(missing), vectors.dimension(), width);
  }

  /** A token's own vector, or that of the word it is when the mark of the space is taken off. */
  private OptionalInt index(String token) {
    OptionalInt exact = vectors.index(token);
    if (exact.isPresent() || !token.startsWith("\u2581")) {
      return exact;
    }
    String word = token.substring(1);
    OptionalInt plain = vectors.index(word);
    return plain.isPresent() ? plain : vectors.index(word.toLowerCase(Locale.ROOT));
  }

  /** The mean of two rows or more; a single one is not taken off itself. */
  private static float[] mean(float[][] rows, int width) {
    float[] mean = new float[width];
    if (rows.length > 1) {
      for (float[] row : rows) {
        for (int d = 0; d < width; d++) {
          mean[d] += row[d] / rows.length;
        }
      }
    }
    return mean;
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int d = 0; d < a.length; d++) {
      difference[d] = a[d] - b[d];
    }
    return difference;
  }

  private static double rootMeanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }
}
