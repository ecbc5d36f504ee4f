package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Initializes an embedding matrix from word vectors. Vectors are projected to the matrix's width;
 * their common mean, which carries no information about a word, is subtracted (Mu and Viswanath,
 * "All-but-the-Top", 2018, section 2); then each is scaled to the root mean square of the random
 * values that it replaces, which the attention (注意力) blocks expect. Otherwise a rare word, hardly
 * updated by word2vec, would start near zero. Tokens without a vector keep their random values.
 */
public final class TokenInitialization {
  private final WordVectors vectors;
  private final long seed;

  /**
   * Initializes from {@code vectors}.
   *
   * @param seed of the rotation into a wider matrix
   */
  public TokenInitialization(WordVectors vectors, long seed) {
    this.vectors = vectors;
    this.seed = seed;
  }

  /**
   * The coverage of a vocabulary by word vectors.
   *
   * @param found the number of tokens with a vector
   * @param missing the others, in the order of the vocabulary
   * @param dimension the vectors' width before they were projected
   * @param width the matrix's width
   */
  public record Coverage(int found, List<String> missing, int dimension, int width) {
    private static final int SHOWN = 8;

    /** The coverage as a sentence. */
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
   * @param tokens the V tokens; U+2581 marks a leading space
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

  /** The row of a token, or of its word without the space mark. */
  private OptionalInt index(String token) {
    OptionalInt exact = vectors.index(token);
    if (exact.isPresent() || !token.startsWith("\u2581")) {
      return exact;
    }
    String word = token.substring(1);
    OptionalInt plain = vectors.index(word);
    return plain.isPresent() ? plain : vectors.index(word.toLowerCase(Locale.ROOT));
  }

  /** The mean of two or more rows; zero for a single row, which would cancel out. */
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
