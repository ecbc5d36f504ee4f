package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Initializes an embedding matrix from word vectors. Vectors are projected to the matrix's width;
 * their common mean and, if asked, their first principal components, which say how frequent a word
 * is rather than what it means, are removed (Mu and Viswanath, "All-but-the-Top", 2018, algorithm
 * 1); then each is scaled to the root mean square of the random values that it replaces, which the
 * attention (注意力) blocks expect. Otherwise a rare word, hardly updated by word2vec, would start
 * near zero. Tokens without a vector keep their random values.
 */
public final class TokenInitialization {
  private final WordVectors vectors;
  private final int removedComponents;
  private final long seed;

  /**
   * Initializes from {@code vectors}.
   *
   * @param removedComponents principal components that are removed
   * @param seed of the rotation into a wider matrix
   */
  public TokenInitialization(WordVectors vectors, int removedComponents, long seed) {
    this.vectors = vectors;
    this.removedComponents = removedComponents;
    this.seed = seed;
  }

  /**
   * The coverage of a vocabulary by word vectors.
   *
   * @param found the number of tokens with a vector
   * @param missing the others, in the order of the vocabulary
   * @param dimension the vectors' width before they were projected
   * @param width the matrix's width
   * @param effectiveRank in how many directions the rows with a vector differ, up to the width
   */
  public record Coverage(
      int found, List<String> missing, int dimension, int width, double effectiveRank) {
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
      sentence += String.format(Locale.ROOT, ", effective rank %.1f of %d", effectiveRank, width);
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
    double[][] used = distinct(WidthProjection.of(found.toArray(float[][]::new), width, seed));
    double target = rootMeanSquare(WidthProjection.doubles(matrix));
    for (int i = 0; i < used.length; i++) {
      double length = rootMeanSquare(used[i]);
      for (int d = 0; d < width && length > 0; d++) {
        used[i][d] *= target / length;
        matrix[rows.get(i) * width + d] = (float) used[i][d];
      }
    }
    double rank = used.length > 1 ? PrincipalComponents.effectiveRank(used) : used.length;
    return new Coverage(used.length, List.copyOf(missing), vectors.dimension(), width, rank);
  }

  /** The vectors without what they have in common; a single one is left as it is. */
  private double[][] distinct(float[][] rows) {
    double[][] values = Stream.of(rows).map(WidthProjection::doubles).toArray(double[][]::new);
    return rows.length > 1 ? PrincipalComponents.without(values, removedComponents) : values;
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

  private static double rootMeanSquare(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElse(0));
  }
}
