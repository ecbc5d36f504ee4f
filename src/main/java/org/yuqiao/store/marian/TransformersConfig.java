package org.yuqiao.store.marian;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;

/** The part of a model's configuration that classes of Hugging Face Transformers have in common. */
public final class TransformersConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TransformersConfig() {}

  /**
   * Sizes and switches for {@code config.json}.
   *
   * @param type the value of {@code model_type}
   * @param architecture the name of the class in Python
   */
  public static ObjectNode of(String type, String architecture, ModelSettings model) {
    ObjectNode root = JSON.createObjectNode();
    root.put("model_type", type);
    root.putArray("architectures").add(architecture);
    root.put("is_encoder_decoder", true);
    root.put("d_model", model.hiddenSize());
    root.put("encoder_layers", model.encoderLayers());
    root.put("decoder_layers", model.decoderLayers());
    for (String stack : List.of("encoder", "decoder")) {
      root.put(stack + "_attention_heads", model.attention().heads());
      root.put(stack + "_ffn_dim", model.feedForwardSize());
    }
    root.put("activation_function", activation(model.activation()));
    root.put("dropout", model.dropout());
    root.put("scale_embedding", model.embeddingScale() == EmbeddingScale.SQRT);
    root.put("max_position_embeddings", model.maxPositions());
    root.put("tie_word_embeddings", model.weightTying() != WeightTying.NONE);
    return root;
  }

  private static String activation(Activation activation) {
    return activation == Activation.GELU
        ? "gelu_pytorch_tanh"
        : activation.name().toLowerCase(Locale.ROOT);
  }

  /** Puts the settings of beam search for {@code generation_config.json}. */
  public static void putSearch(ObjectNode root, ModelSettings model, DecodingSettings decode) {
    root.put("max_length", model.maxPositions());
    root.put("num_beams", decode.beamSize());
    root.put("length_penalty", decode.lengthPenalty());
    root.put("early_stopping", decode.earlyStopping());
  }
}
