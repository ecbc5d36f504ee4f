package org.yuqiao.store.ctranslate2;

import java.util.function.Supplier;
import org.yuqiao.files.NamedTensors;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.attention.SinusoidalPositions;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;
import org.yuqiao.text.Tokenizer;

/**
 * The variables of an encoder-decoder in the layout of CTranslate2's {@code TransformerSpec}:
 * attributes as scalars, projections of one input joined, matrices {@code [out, in]}.
 */
final class TransformerSpec {
  /** The bias of tokens that are never produced, whose probability becomes 0. */
  private static final float NEVER = -1e9f;

  private static final String ENCODER = "encoder";
  private static final String DECODER = "decoder";
  private static final String WEIGHT = "/weight";

  private final ModelSettings settings;
  private final NamedTensors tensors;
  private final LinearWeights linear;
  private final boolean int8;
  private final ModelBinary binary = new ModelBinary();

  private TransformerSpec(ModelSettings settings, NamedTensors tensors, boolean int8) {
    this.settings = settings;
    this.tensors = tensors;
    this.linear = new LinearWeights(tensors);
    this.int8 = int8;
  }

  /**
   * The variables of a model.
   *
   * @param settings that the format can express
   * @param int8 whether matrices are quantized
   */
  static ModelBinary of(ModelSettings settings, NamedTensors tensors, boolean int8) {
    TransformerSpec spec = new TransformerSpec(settings, tensors, int8);
    spec.encoder();
    spec.decoder();
    return spec.binary;
  }

  private void encoder() {
    stack(ENCODER);
    binary.put("encoder/embeddings_merge", SpecVariable.int8(0));
    binary.put("encoder/multi_query_attention", SpecVariable.flag(false));
    for (int i = 0; i < settings.encoderLayers(); i++) {
      layer(ENCODER, i);
    }
    String embedding = "encoder/embeddings_0" + WEIGHT;
    if (settings.weightTying() == WeightTying.THREE_WAY) {
      binary.alias(embedding, "decoder/embeddings" + WEIGHT);
    } else {
      embedding(embedding, "encoder.embedding");
    }
  }

  private void decoder() {
    stack(DECODER);
    binary.put("decoder/alignment_layer", SpecVariable.int16(-1));
    binary.put("decoder/alignment_heads", SpecVariable.int16(1));
    binary.put("decoder/start_from_zero_embedding", SpecVariable.flag(false));
    binary.put("decoder/alibi", SpecVariable.flag(false));
    binary.put("decoder/alibi_use_positive_positions", SpecVariable.flag(false));
    binary.put("decoder/scale_alibi", SpecVariable.flag(false));
    for (int i = 0; i < settings.decoderLayers(); i++) {
      layer(DECODER, i);
      cross(i);
    }
    boolean shared = settings.weightTying() == WeightTying.THREE_WAY;
    embedding("decoder/embeddings" + WEIGHT, shared ? "embedding" : "decoder.embedding");
    output();
  }

  private void stack(String stack) {
    binary.put(stack + "/num_heads", SpecVariable.int16(settings.attention().heads()));
    boolean preNorm = settings.layerNorm() == NormPlacement.PRE;
    binary.put(stack + "/pre_norm", SpecVariable.flag(preNorm));
    binary.put(stack + "/activation", SpecVariable.int8(activation(settings.activation())));
    float scale =
        settings.embeddingScale() == EmbeddingScale.SQRT
            ? (float) Math.sqrt(settings.hiddenSize())
            : 1;
    binary.put(stack + "/scale_embeddings", SpecVariable.floats(() -> new float[] {scale}));
    if (preNorm) {
      norm(stack + "/layer_norm", stack + ".norm");
    }
    encodings(stack);
  }

  private static int activation(Activation activation) {
    return switch (activation) {
      case RELU -> 0;
      case GELU -> 1;
      case SWISH -> 2;
    };
  }

  /** Positions that are added to the embeddings, as a table. */
  private void encodings(String stack) {
    String name = stack + "/position_encodings/encodings";
    int positions = settings.maxPositions();
    int width = settings.hiddenSize();
    switch (settings.positions()) {
      case SINUSOIDAL, SINUSOIDAL_HALVES, SINUSOIDAL_MARIAN, NONE -> {
        if (stack.equals(ENCODER)) {
          binary.alias(name, "decoder/position_encodings/encodings");
        } else {
          binary.put(name, SpecVariable.floats(this::constantEncodings, positions, width));
        }
      }
      case LEARNED -> binary.put(name, tensor(stack + ".positions"));
      default -> {}
    }
  }

  private float[] constantEncodings() {
    int positions = settings.maxPositions();
    int width = settings.hiddenSize();
    PositionScheme scheme = settings.positions();
    return scheme == PositionScheme.NONE
        ? new float[positions * width]
        : SinusoidalPositions.table(scheme, positions, width).data().asFloat();
  }

  private void layer(String stack, int number) {
    String layer = stack + "/layer_" + number;
    String parameters = stack + "." + number;
    String attention = layer + "/self_attention";
    String self = parameters + ".self";
    linear(attention + "/linear_0", query(self), key(self), self + ".value");
    linear(attention + "/linear_1", self + ".output");
    norm(attention + "/layer_norm", self + ".norm");
    scale(attention);
    positions(attention, stack, number);
    String network = parameters + ".feedForward";
    linear(layer + "/ffn/linear_0", network + ".in");
    if (settings.feedForwardType() == FeedForwardType.GATED) {
      linear(layer + "/ffn/linear_0_noact", network + ".gate");
    }
    linear(layer + "/ffn/linear_1", network + ".out");
    norm(layer + "/ffn/layer_norm", network + ".norm");
  }

  private void cross(int number) {
    String attention = "decoder/layer_" + number + "/attention";
    String cross = "decoder." + number + ".cross";
    linear(attention + "/linear_0", query(cross));
    linear(attention + "/linear_1", key(cross), cross + ".value");
    linear(attention + "/linear_2", cross + ".output");
    norm(attention + "/layer_norm", cross + ".norm");
    scale(attention);
  }

  private String query(String attention) {
    return attention + (isShared() ? ".queryKey" : ".query");
  }

  private String key(String attention) {
    return attention + (isShared() ? ".queryKey" : ".key");
  }

  private boolean isShared() {
    return settings.attention().queryKey() == QueryKey.SHARED;
  }

  private void scale(String attention) {
    if (settings.attention().scale() == ScoreScale.NONE) {
      binary.put(attention + "/queries_scale", SpecVariable.floats(() -> new float[] {1}));
    }
  }

  /** Positions inside the self-attention of a layer. */
  private void positions(String attention, String stack, int number) {
    if (settings.positions() == PositionScheme.RELATIVE_SHAW) {
      String vectors = stack + "." + number + ".self.positions.";
      binary.put(attention + "/relative_position_keys", tensor(vectors + "key"));
      binary.put(attention + "/relative_position_values", tensor(vectors + "value"));
    } else if (settings.positions() == PositionScheme.RELATIVE_BIAS) {
      String bias = "/self_attention/relative_attention_bias";
      if (number == 0) {
        binary.put(stack + "/layer_0" + bias, tensor(stack + ".positions"));
      } else {
        binary.alias(stack + "/layer_" + number + bias, stack + "/layer_0" + bias);
      }
      binary.put(
          attention + "/relative_attention_max_distance",
          SpecVariable.int32(settings.relative().maxDistance()));
    }
  }

  private SpecVariable tensor(String name) {
    long[] shape = tensors.shape(name);
    int[] axes = new int[shape.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Math.toIntExact(shape[i]);
    }
    return SpecVariable.floats(() -> tensors.floats(name), axes);
  }

  private void norm(String name, String parameters) {
    binary.put(name + "/gamma", tensor(parameters + ".gain"));
    binary.put(name + "/beta", tensor(parameters + ".bias"));
  }

  private void linear(String name, String... projections) {
    int outputs = linear.outputs(projections);
    matrix(name + WEIGHT, linear.weights(projections), outputs, linear.inputs(projections[0]));
    binary.put(name + "/bias", SpecVariable.floats(linear.biases(projections), outputs));
  }

  private void embedding(String name, String parameter) {
    long[] shape = tensors.shape(parameter);
    matrix(name, () -> tensors.floats(parameter), (int) shape[0], (int) shape[1]);
  }

  private void matrix(String name, Supplier<float[]> rows, int count, int width) {
    if (int8) {
      binary.put(
          name,
          new SpecVariable(
              SpecVariable.Type.INT8,
              new int[] {count, width},
              LinearWeights.quantized(rows, count)));
      binary.put(name + "_scale", SpecVariable.floats(LinearWeights.scales(rows, count), count));
    } else {
      binary.put(name, SpecVariable.floats(rows, count, width));
    }
  }

  private void output() {
    String name = "decoder/projection";
    if (settings.weightTying() == WeightTying.NONE) {
      int outputs = linear.outputs("output");
      matrix(name + WEIGHT, linear.weights("output"), outputs, linear.inputs("output"));
    } else {
      binary.alias(name + WEIGHT, "decoder/embeddings" + WEIGHT);
    }
    int vocabulary =
        settings.weightTying() == WeightTying.NONE
            ? linear.outputs("output")
            : (int)
                tensors
                    .shape(
                        settings.weightTying() == WeightTying.THREE_WAY
                            ? "embedding"
                            : "decoder.embedding")[0];
    binary.put(name + "/bias", SpecVariable.floats(() -> outputBias(vocabulary), vocabulary));
  }

  /** The bias of the logits; padding and {@code <bos>} are never produced. */
  private float[] outputBias(int vocabulary) {
    float[] bias =
        tensors.names().contains("output.bias")
            ? tensors.floats("output.bias")
            : new float[vocabulary];
    bias[Tokenizer.PAD] = NEVER;
    bias[Tokenizer.BOS] = NEVER;
    return bias;
  }
}
