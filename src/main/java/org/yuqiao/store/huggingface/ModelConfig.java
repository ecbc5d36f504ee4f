package org.yuqiao.store.huggingface;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.marian.TransformersConfig;
import org.yuqiao.text.Tokenizer;

/** {@code config.json} and {@code generation_config.json} of marian and pegasus. */
record ModelConfig(ModelClass type, ExperimentSettings settings, JointVocabulary vocabulary) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code config.json}: sizes, switches and ids. */
  ObjectNode config() {
    ObjectNode root = TransformersConfig.of(type.type(), type.architecture(), settings.model());
    root.put("vocab_size", vocabulary.size());
    if (type == ModelClass.MARIAN) {
      root.put("static_position_embeddings", true);
      root.put("decoder_vocab_size", vocabulary.size());
      root.put("share_encoder_decoder_embeddings", true);
    }
    putIds(root);
    return root;
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
    TransformersConfig.putSearch(root, settings.model(), decode);
    if (decode.noRepeatNgramSize() > 0) {
      root.put("no_repeat_ngram_size", decode.noRepeatNgramSize());
    }
    return root;
  }
}
