package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.files.JsonFile;
import org.yuqiao.model.WeightTying;

/**
 * {@code config.json} and {@code generation_config.json} of a Marian model, as settings of this
 * program.
 */
final class MarianConfig {
  private static final Map<String, String> ACTIVATIONS =
      Map.of(
          "swish", "swish",
          "silu", "swish",
          "relu", "relu",
          "gelu", "gelu",
          "gelu_new", "gelu",
          "gelu_pytorch_tanh", "gelu");

  /** A line of more than half of this many tokens is translated sentence by sentence. */
  private static final int MAX_LENGTH = 200;

  /** Chinese tokens become up to this many English ones. */
  private static final double MAX_LENGTH_RATIO = 3;

  private final Path file;
  private final JsonNode config;
  private final JsonNode generation;

  private MarianConfig(Path file, JsonNode config, JsonNode generation) {
    this.file = file;
    this.config = config;
    this.generation = generation;
  }

  /**
   * Reads the files of {@code folder}.
   *
   * @throws org.yuqiao.files.InvalidInputException when the model is no Marian model, or has
   *     something that this program lacks
   */
  static MarianConfig read(Path folder) {
    Path file = folder.resolve("config.json");
    JsonNode config = JsonFile.read(file);
    require(
        config.path("model_type").asText().equals("marian"),
        file
            + ": expected a model with model_type marian, not '"
            + config.path("model_type").asText()
            + "'");
    Path generation = folder.resolve("generation_config.json");
    MarianConfig marian =
        new MarianConfig(
            file, config, Files.isRegularFile(generation) ? JsonFile.read(generation) : config);
    marian.check();
    return marian;
  }

  private void check() {
    requireFalse("normalize_before");
    requireFalse("normalize_embedding");
    requireFalse("add_final_layer_norm");
    require(
        config.path("static_position_embeddings").asBoolean(true),
        file + ": static_position_embeddings is false, but only sinusoidal positions are known");
    requireSame("encoder_attention_heads", "decoder_attention_heads");
    requireSame("encoder_ffn_dim", "decoder_ffn_dim");
    require(
        ACTIVATIONS.containsKey(activation()),
        file + ": activation_function '" + activation() + "' is none of swish, relu and gelu");
    require(
        sharesEmbeddings() ? isTied() : true,
        file + ": the output layer is not tied, but embeddings are shared, which is not supported");
  }

  private void requireFalse(String key) {
    require(
        !config.path(key).asBoolean(false), file + ": " + key + " is true, which is not supported");
  }

  private void requireSame(String one, String other) {
    require(
        number(one) == number(other),
        file + ": " + one + " and " + other + " differ, which is not supported");
  }

  private int number(String key) {
    JsonNode value = config.path(key);
    require(
        value.isInt() && value.asInt() > 0,
        file + ": expected a number above 0 as " + key + ", not " + value);
    return value.asInt();
  }

  private String activation() {
    return config.path("activation_function").asText();
  }

  /** The id of a special token. */
  int id(String key) {
    JsonNode value = config.path(key);
    require(value.isInt(), file + ": expected an id as " + key + ", not " + value);
    return value.asInt();
  }

  private boolean isTied() {
    return config.path("tie_word_embeddings").asBoolean(true);
  }

  /** Whether both sides share embeddings, and so a vocabulary. */
  boolean sharesEmbeddings() {
    return config.path("share_encoder_decoder_embeddings").asBoolean(true);
  }

  /** Which matrices are one. */
  WeightTying tying() {
    if (sharesEmbeddings()) {
      return WeightTying.THREE_WAY;
    }
    return isTied() ? WeightTying.TARGET : WeightTying.NONE;
  }

  /** The maximum number of positions. */
  int positions() {
    return number("max_position_embeddings");
  }

  private double decimal(String key, double absent) {
    JsonNode value = generation.path(key).isNumber() ? generation.path(key) : config.path(key);
    return value.isNumber() ? value.asDouble() : absent;
  }

  /** The settings that differ from the defaults. */
  JsonNode settings(String direction) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("direction", direction);
    root.putObject("subwords").put("joint", sharesEmbeddings());
    ObjectNode model = root.putObject("model");
    model.put("hiddenSize", number("d_model"));
    model.put("feedForwardSize", number("encoder_ffn_dim"));
    model.put("encoderLayers", number("encoder_layers"));
    model.put("decoderLayers", number("decoder_layers"));
    model.put("dropout", config.path("dropout").asDouble(0));
    model.put("positions", "sinusoidal-halves");
    model.putObject("attention").put("heads", number("encoder_attention_heads"));
    model.put("layerNorm", "post");
    model.put("activation", ACTIVATIONS.get(activation()));
    model.put("weightTying", tying().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    model.put("outputBias", isTied());
    model.put("embeddingScale", config.path("scale_embedding").asBoolean(false) ? "sqrt" : "none");
    model.put("maxPositions", positions());
    root.putObject("train").put("maxLength", Math.min(MAX_LENGTH, positions() - 1));
    ObjectNode decode = root.putObject("decode");
    decode.put("beamSize", (int) decimal("num_beams", 1));
    decode.put("lengthNormalization", "length");
    decode.put("lengthPenalty", decimal("length_penalty", 1));
    decode.put("earlyStopping", generation.path("early_stopping").asBoolean(false));
    decode.put("maxLengthRatio", MAX_LENGTH_RATIO);
    return root;
  }
}
