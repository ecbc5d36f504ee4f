package org.yuqiao.store.huggingface;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.yuqiao.files.NamedTensors;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;
import org.yuqiao.store.marian.MarianNames;

/**
 * The weights of a model under the names of Hugging Face's marian and pegasus, which are the same:
 * matrices {@code [out, in]}, and one embedding of {@link JointVocabulary}.
 */
final class ModelTensors {
  /** The bias of source tokens, which become improbable; float16 can hold it. */
  private static final float NEVER = -10_000;

  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final List<String> STACKS = List.of("encoder", "decoder");

  private final ModelSettings settings;
  private final NamedTensors parameters;
  private final JointVocabulary vocabulary;
  private final ResidualOrder order;
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Supplier<float[]>> values = new LinkedHashMap<>();

  /**
   * The tensors of a model.
   *
   * @param settings that {@code type} can express
   * @param parameters of the model
   */
  ModelTensors(
      ModelClass type,
      ModelSettings settings,
      NamedTensors parameters,
      JointVocabulary vocabulary) {
    this.settings = settings;
    this.parameters = parameters;
    this.vocabulary = vocabulary;
    this.order =
        settings.positions() == PositionScheme.SINUSOIDAL
            ? ResidualOrder.evenFirst(settings.hiddenSize())
            : ResidualOrder.unchanged(settings.hiddenSize());
    putEmbeddings();
    for (String parameter : parameters.names()) {
      if (parameter.matches("(en|de)coder\\.\\d+\\..*")) {
        putLayer(parameter);
      } else if (parameter.matches("(en|de)coder\\.norm\\.(gain|bias)")) {
        String kind = parameter.endsWith("gain") ? WEIGHT : BIAS;
        putVector(
            "model." + parameter.substring(0, "encoder".length()) + ".layer_norm" + kind,
            () -> order.ofColumns(parameters.floats(parameter)));
      }
    }
    putOutputBias();
    if (type == ModelClass.PEGASUS) {
      putPositions();
    }
  }

  /** Writes all tensors. */
  void write(Path file) {
    SafeTensors.write(
        file,
        shapes,
        Map.of(),
        Map.of("format", "pt"),
        name -> FloatBuffer.wrap(values.get(name).get()));
  }

  private void put(String name, Supplier<float[]> elements, long... shape) {
    shapes.put(name, shape);
    values.put(name, elements);
  }

  private void putVector(String name, Supplier<float[]> elements) {
    put(name, elements, settings.hiddenSize());
  }

  private void putEmbeddings() {
    long[] shape = {vocabulary.size(), settings.hiddenSize()};
    Supplier<float[]> rows =
        settings.weightTying() == WeightTying.THREE_WAY
            ? () -> order.ofColumns(parameters.floats("embedding"))
            : () ->
                order.ofColumns(
                    joined(
                        parameters.floats("encoder.embedding"),
                        parameters.floats("decoder.embedding")));
    put(MarianNames.SHARED, rows, shape);
    if (settings.weightTying() == WeightTying.NONE) {
      put(MarianNames.ENCODER, rows, shape);
      put(MarianNames.DECODER, rows, shape);
      put(MarianNames.OUTPUT, this::outputRows, shape);
    }
  }

  /** The untied output layer {@code [V, D]}; the rows of source tokens are zero. */
  private float[] outputRows() {
    int columns = (int) parameters.shape("output.weight")[1];
    float[] rows = MarianNames.transposed(parameters.floats("output.weight"), columns);
    return joined(
        new float[vocabulary.targetOffset() * settings.hiddenSize()], order.ofColumns(rows));
  }

  private static float[] joined(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private void putOutputBias() {
    put(MarianNames.OUTPUT_BIAS, this::outputBias, 1, vocabulary.size());
  }

  private float[] outputBias() {
    float[] source = new float[vocabulary.targetOffset()];
    Arrays.fill(source, NEVER);
    boolean present = parameters.names().contains("output.bias");
    int target = vocabulary.size() - source.length;
    return joined(source, present ? parameters.floats("output.bias") : new float[target]);
  }

  private void putPositions() {
    long[] shape = {settings.maxPositions(), settings.hiddenSize()};
    for (String stack : STACKS) {
      put("model." + stack + ".embed_positions" + WEIGHT, () -> positions(stack), shape);
    }
  }

  private float[] positions(String stack) {
    int width = settings.hiddenSize();
    return switch (settings.positions()) {
      case LEARNED -> parameters.floats(stack + ".positions");
      case NONE -> new float[settings.maxPositions() * width];
      default ->
          order.ofColumns(
              SinusoidalPositions.table(settings.positions(), settings.maxPositions(), width)
                  .data()
                  .asFloat());
    };
  }

  private void putLayer(String parameter) {
    if (parameter.contains(".norm.")) {
      putVector(
          MarianNames.ofLayer(parameter), () -> order.ofColumns(parameters.floats(parameter)));
      return;
    }
    String query = parameter.replace(".queryKey.", ".query.");
    boolean isQuery = query.contains(".query.");
    putProjection(MarianNames.ofLayer(query), parameter, isQuery ? queryScale() : 1);
    if (settings.attention().queryKey() == QueryKey.SHARED && isQuery) {
      String key = parameter.replace(".queryKey.", ".key.");
      putProjection(MarianNames.ofLayer(key), parameter, 1);
    }
  }

  /** Undoes the scale of the scores where this model has none. */
  private float queryScale() {
    int width = settings.hiddenSize() / settings.attention().heads();
    return settings.attention().scale() == ScoreScale.NONE ? (float) Math.sqrt(width) : 1;
  }

  private void putProjection(String name, String parameter, float scale) {
    long[] shape = parameters.shape(parameter);
    boolean intoStream = parameter.matches(".*\\.(output|out)\\.(weight|bias)");
    if (shape.length == 1) {
      put(
          name,
          () -> {
            float[] bias = parameters.floats(parameter);
            return scaled(intoStream ? order.ofColumns(bias) : bias, scale);
          },
          shape);
      return;
    }
    put(
        name,
        () -> {
          float[] rows = MarianNames.transposed(parameters.floats(parameter), (int) shape[1]);
          return scaled(intoStream ? order.ofRows(rows) : order.ofColumns(rows), scale);
        },
        shape[1],
        shape[0]);
  }

  private static float[] scaled(float[] values, float scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }
}
