package org.yuqiao.inference;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.RelativePositionBias;
import org.yuqiao.layers.attention.RotaryPositions;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/**
 * Position encodings as numbers: those of a model, and for comparison sinusoidal and rotary ones by
 * their formulas at the model's sizes.
 */
public final class PositionEncodings {
  private final ModelSettings settings;
  private final InferenceWeights weights;
  private final int length;
  private final List<Encoding> encodings = new ArrayList<>();

  private PositionEncodings(ModelSettings settings, InferenceWeights weights, int length) {
    this.settings = settings;
    this.weights = weights;
    this.length = length;
  }

  /** Where numbers come from. */
  public enum Source {
    /** Parameters or constants of the model. */
    MODEL,
    /** The formula, with the model's sizes. */
    FORMULA
  }

  /**
   * A position encoding.
   *
   * @param scheme its name in settings, as "sinusoidal"
   * @param stack "encoder", "decoder", or "both"
   * @param matrix rows by position or distance; without rows for a scheme of biases only
   * @param similarity the dot product of every two rows
   * @param heads the bias by query and key position for each head; none for other schemes
   * @param rowsLabel what a row is
   * @param columnsLabel what a column is
   * @param firstRow the position or distance of the first row
   * @param note the formula, and where it acts
   */
  public record Encoding(
      String scheme,
      String stack,
      Source source,
      float[][] matrix,
      float[][] similarity,
      float[][][] heads,
      String rowsLabel,
      String columnsLabel,
      int firstRow,
      String note) {}

  /** The name of a scheme in settings. */
  public static String name(PositionScheme scheme) {
    return scheme.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The position scheme of {@code model}; a recurrent model has none. */
  public static PositionScheme schemeOf(TranslationModel model) {
    ModelSettings settings = model.networks().get(0).model().settings();
    return settings.kind() == ModelKind.RECURRENT ? PositionScheme.NONE : settings.positions();
  }

  /**
   * The encodings of the first positions, the model's own first.
   *
   * @param length the number of positions, at least 1; a learned table may have fewer
   */
  public static List<Encoding> of(TranslationModel model, int length) {
    require(length >= 1, "there must be at least 1 position, not " + length);
    ModelSettings settings = model.networks().get(0).model().settings();
    PositionEncodings all =
        new PositionEncodings(settings, model.networks().get(0).weights(), length);
    PositionScheme own = schemeOf(model);
    all.addOwn(own);
    if (!own.isSinusoidal()) {
      all.addSinusoidal(Source.FORMULA);
    }
    if (own != PositionScheme.ROTARY && all.headSize() % 2 == 0) {
      all.addRotary(Source.FORMULA);
    }
    return List.copyOf(all.encodings);
  }

  private int headSize() {
    return settings.hiddenSize() / settings.attention().heads();
  }

  private void addOwn(PositionScheme scheme) {
    switch (scheme) {
      case SINUSOIDAL -> addSinusoidal(Source.MODEL);
      case SINUSOIDAL_HALVES -> addHalves(scheme, "2i/" + settings.hiddenSize());
      case SINUSOIDAL_MARIAN -> addHalves(scheme, "i/" + ((settings.hiddenSize() + 1) / 2 - 1));
      case ROTARY -> addRotary(Source.MODEL);
      case LEARNED -> {
        addLearned("encoder");
        addLearned("decoder");
      }
      case RELATIVE_BIAS -> {
        addBias("encoder", false);
        addBias("decoder", true);
      }
      case RELATIVE_SHAW -> {
        addShaw("encoder");
        addShaw("decoder");
      }
      case TRANSFORMER_XL -> addTransformerXl();
      case NONE -> {}
    }
  }

  private void addSinusoidal(Source source) {
    int width = settings.hiddenSize();
    add(
        PositionScheme.SINUSOIDAL,
        "both",
        source,
        rounded(SinusoidalPositions.table(length, width)),
        "position",
        "dimension",
        0,
        String.format(
            Locale.ROOT,
            "PE[t, 2i] = sin(t / 10000^(2i/%1$d)), PE[t, 2i+1] = cos(t / 10000^(2i/%1$d)); added to"
                + " the embeddings",
            width));
  }

  private void addHalves(PositionScheme scheme, String exponent) {
    int width = settings.hiddenSize();
    add(
        scheme,
        "both",
        Source.MODEL,
        rounded(SinusoidalPositions.table(scheme, length, width)),
        "position",
        "dimension: sines, then cosines",
        0,
        String.format(
            Locale.ROOT,
            "PE[t, i] = sin(t / 10000^(%2$s)), PE[t, ⌈%1$d/2⌉+i] = cos(t / 10000^(%2$s)); added to"
                + " the embeddings",
            width,
            exponent));
  }

  private void addRotary(Source source) {
    INDArray angles = RotaryPositions.angles(length, headSize());
    add(
        PositionScheme.ROTARY,
        "both",
        source,
        rounded(Nd4j.hstack(Transforms.cos(angles), Transforms.sin(angles))),
        "position",
        "pair of dimensions: cosines, then sines",
        0,
        String.format(
            Locale.ROOT,
            "columns 2i and 2i+1 of each head's queries and keys are rotated by t / 10000^(2i/%d)",
            headSize()));
  }

  private void addLearned(String stack) {
    int width = settings.hiddenSize();
    add(
        PositionScheme.LEARNED,
        stack,
        Source.MODEL,
        rows(
            weights.floats(stack + ".positions"), Math.min(length, settings.maxPositions()), width),
        "position",
        "dimension",
        0,
        "PE[t] is a parameter; added to the embeddings");
  }

  private void addShaw(String stack) {
    int max = settings.relative().clippingDistance();
    String name = stack + ".0.self.positions.key";
    add(
        PositionScheme.RELATIVE_SHAW,
        stack,
        Source.MODEL,
        rows(weights.floats(name), 2 * max + 1, headSize()),
        "distance s − t",
        "dimension",
        -max,
        "aᴷ[s − t] of layer 1, added to the key; distances are clipped to ±" + max);
  }

  private void addTransformerXl() {
    float[][] positive = rounded(SinusoidalPositions.table(length, settings.hiddenSize()));
    float[][] all = new float[2 * length - 1][];
    for (int distance = 1 - length; distance < length; distance++) {
      float[] row = positive[Math.abs(distance)].clone();
      for (int i = 0; distance < 0 && i < row.length; i += 2) {
        row[i] = -row[i];
      }
      all[distance + length - 1] = row;
    }
    add(
        PositionScheme.TRANSFORMER_XL,
        "both",
        Source.MODEL,
        all,
        "distance t − s",
        "dimension",
        1 - length,
        "R[t − s], sinusoidal encodings of distances; the scores get (Q[t] + v) · W_R R[t − s]");
  }

  private void addBias(String stack, boolean causal) {
    int buckets = settings.relative().buckets();
    int heads = settings.attention().heads();
    float[][] byBucket = rows(weights.floats(stack + ".positions"), buckets, heads);
    float[][][] biases = new float[heads][length][length];
    for (int t = 0; t < length; t++) {
      for (int s = 0; s < length; s++) {
        int bucket =
            RelativePositionBias.bucket(s - t, causal, buckets, settings.relative().maxDistance());
        for (int h = 0; h < heads; h++) {
          biases[h][t][s] = byBucket[bucket][h];
        }
      }
    }
    encodings.add(
        new Encoding(
            name(PositionScheme.RELATIVE_BIAS),
            stack,
            Source.MODEL,
            new float[0][],
            new float[0][],
            biases,
            "position of the query",
            "position of the key",
            0,
            "b[bucket(s − t)] of each head, a parameter; added to the scores"));
  }

  private void add(
      PositionScheme scheme,
      String stack,
      Source source,
      float[][] matrix,
      String rowsLabel,
      String columnsLabel,
      int firstRow,
      String note) {
    encodings.add(
        new Encoding(
            name(scheme),
            stack,
            source,
            matrix,
            similarity(matrix),
            new float[0][][],
            rowsLabel,
            columnsLabel,
            firstRow,
            note));
  }

  private static float[][] rounded(INDArray doubles) {
    return doubles.toFloatMatrix();
  }

  private static float[][] rows(float[] values, int rows, int width) {
    float[][] matrix = new float[rows][];
    Arrays.setAll(matrix, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
    return matrix;
  }

  /** The dot product of every two rows. */
  private static float[][] similarity(float[][] matrix) {
    float[][] similarity = new float[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int c = 0; c < matrix[i].length; c++) {
          sum += (double) matrix[i][c] * matrix[j][c];
        }
        similarity[i][j] = (float) sum;
        similarity[j][i] = (float) sum;
      }
    }
    return similarity;
  }
}
