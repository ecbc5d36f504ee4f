package org.yuqiao.store.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Tokenizer;

/** {@code config.json} and {@code generation_config.json} of marian and pegasus. */
record ModelConfig(ModelClass type, ExperimentSettings settings, JointVocabulary vocabulary) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code config.json}: sizes, switches and ids. */
  ObjectNode config() {
    ModelSettings model = settings.model();
    ObjectNode root = JSON.createObjectNode();
    root.put("model_type", type.type());
    root.putArray("architectures").add(type.architecture());
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
    root.put("vocab_size", vocabulary.size());
    root.put("tie_word_embeddings", model.weightTying() != WeightTying.NONE);
    if (type == ModelClass.MARIAN) {
      root.put("static_position_embeddings", true);
      root.put("decoder_vocab_size", vocabulary.size());
      root.put("share_encoder_decoder_embeddings", true);
    }
    putIds(root);
    return root;
  }

  private static String activation(Activation activation) {
    return activation == Activation.GELU
        ? "gelu_pytorch_tanh"
        : activation.name().toLowerCase(Locale.ROOT);
  }

  private void putIds(ObjectNode root) {
    root.put("pad_token_id", Tokenizer.PAD);
    root.put("bos_token_id", vocabulary.ofTarget(Tokenizer.BOS));
    root.put("decoder_start_token_id", vocabulary.ofTarget(Tokenizer.BOS));
    root.put("eos_token_id", vocabulary.ofTarget(Tokenizer.EOS));
    root.put("forced_eos_token_id", vocabulary.ofTarget(Tokenizer.EOS));
  }

  /** {@code generation_config.json}: the settings of decoding that the library has. */
  ObjectNode generation() {
    DecodingSettings decode = settings.decode();
    ObjectNode root = JSON.createObjectNode();
    putIds(root);
    vocabulary
        .neverProduced(decode.replaceUnknowns())
        .forEach(root.putArray("suppress_tokens")::add);
    root.put("max_length", settings.model().maxPositions());
    root.put("num_beams", decode.beamSize());
    root.put("length_penalty", decode.lengthPenalty());
    root.put("early_stopping", decode.earlyStopping());
    if (decode.noRepeatNgramSize() > 0) {
      root.put("no_repeat_ngram_size", decode.noRepeatNgramSize());
    }
    return root;
  }
}
