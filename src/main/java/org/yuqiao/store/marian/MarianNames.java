package org.yuqiao.store.marian;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a Marian model's tensors in the format of Hugging Face. */
public final class MarianNames {
  /** The embedding of both sides {@code [V, D]}. */
  public static final String SHARED = "model.shared.weight";

  /** The source embedding. */
  public static final String ENCODER = "model.encoder.embed_tokens.weight";

  /** The target embedding. */
  public static final String DECODER = "model.decoder.embed_tokens.weight";

  /** The output layer {@code [V, D]}. */
  public static final String OUTPUT = "lm_head.weight";

  /** The bias of the logits {@code [1, V]}. */
  public static final String OUTPUT_BIAS = "final_logits_bias";

  private static final Pattern LAYER =
      Pattern.compile(
          "(?<stack>encoder|decoder)\\.(?<layer>\\d+)\\.(?<block>self|cross|feedForward)"
              + "\\.(?<part>\\w+)\\.(?<kind>weight|bias|gain)");
  private static final Map<String, String> PARTS =
      Map.of(
          "query", "q_proj",
          "key", "k_proj",
          "value", "v_proj",
          "output", "out_proj",
          "in", "fc1",
          "out", "fc2");

  private MarianNames() {}

  /**
   * The tensor of a parameter of a layer: {@code model.encoder.layers.0.self_attn.q_proj.weight}.
   */
  public static String ofLayer(String parameter) {
    Matcher matcher = LAYER.matcher(parameter);
    if (!matcher.matches()) {
      throw new IllegalStateException("a Marian model has no " + parameter);
    }
    String block = matcher.group("block");
    String attention = block.equals("self") ? "self_attn" : "encoder_attn";
    String part = matcher.group("part");
    boolean network = block.equals("feedForward");
    String inside =
        part.equals("norm")
            ? (network ? "final_layer_norm" : attention + "_layer_norm")
            : (network ? "" : attention + ".") + PARTS.get(part);
    String kind = matcher.group("kind").equals("bias") ? "bias" : "weight";
    return String.format(
        "model.%s.layers.%s.%s.%s", matcher.group("stack"), matcher.group("layer"), inside, kind);
  }

  /** The transpose of a row-major matrix with {@code columns} columns. */
  public static float[] transposed(float[] values, int columns) {
    int rows = values.length / columns;
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return result;
  }
}
