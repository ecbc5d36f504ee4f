package org.yuqiao.store.marian;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.JsonError;
import org.yuqiao.model.WeightTying;
import org.yuqiao.settings.SettingsTree;

/** The settings inside a Marian file as settings of this program. */
final class StudentConfig {
  private static final Set<String> ACTIVATIONS = Set.of("relu", "swish");
  private static final String BLOCK = "transformer-decoder-autoreg";
  private static final String SIZE = "transformer-dim-ffn";

  /** A line of more than half of this many tokens is translated sentence by sentence. */
  private static final int MAX_LENGTH = 200;

  private static final int POSITIONS = 512;

  private final Path file;
  private final JsonNode config;

  private StudentConfig(Path file, JsonNode config) {
    this.file = file;
    this.config = config;
  }

  /**
   * Parses the settings {@code yaml} of {@code file}.
   *
   * @throws InvalidInputException when they are no YAML, or ask for something that this program
   *     lacks
   */
  static StudentConfig of(String yaml, Path file) {
    JsonNode root;
    try {
      root = SettingsTree.YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          file + ": its settings are no YAML: " + JsonError.message(e), e);
    }
    require(
        root != null && root.isObject(), file + ": its settings are no YAML of keys and values");
    StudentConfig student = new StudentConfig(file, root);
    student.check();
    return student;
  }

  private void check() {
    requireText("type", "transformer", "transformer");
    requireText("transformer-preprocess", "", "");
    requireText("transformer-postprocess", "dan", "dan");
    requireText("transformer-postprocess-top", "", "");
    requireOneOf("transformer-postprocess-emb", "d", Set.of("", "d"));
    requireOneOf("transformer-ffn-activation", "swish", ACTIVATIONS);
    requireOneOf(BLOCK, "self-attention", Set.of("self-attention", "rnn"));
    if (isRecurrent()) {
      requireText("dec-cell", "gru", "ssru");
    }
    for (String key :
        Set.of(
            "transformer-train-position-embeddings",
            "transformer-train-positions",
            "transformer-no-projection",
            "transformer-rnn-projection",
            "transformer-no-bias",
            "transformer-no-affine",
            "transformer-pool",
            "layer-normalization",
            "right-left",
            "ulr")) {
      require(!isTrue(key), file + ": " + key + " is true, which is not supported");
    }
    requireText("transformer-ffn-depth", "2", "2");
    requireOneOf("transformer-decoder-ffn-depth", "0", Set.of("0", "2"));
    // 0 is "as in the encoder".
    requireOneOf("transformer-decoder-dim-ffn", "0", Set.of("0", text(SIZE, "2048")));
    requireText("lemma-dim-emb", "0", "0");
    JsonNode tied = config.path("transformer-tied-layers");
    require(tied.isEmpty(), file + ": transformer-tied-layers " + tied + " is not supported");
    require(
        isTrue("tied-embeddings-all")
            || (isTrue("tied-embeddings") && !isTrue("tied-embeddings-src")),
        file + ": the output layer is not tied to the target embedding, which is not supported");
  }

  private String text(String key, String absent) {
    JsonNode value = config.path(key);
    return value.isMissingNode() || value.isNull() ? absent : value.asText();
  }

  private boolean isTrue(String key) {
    return text(key, "false").equals("true");
  }

  private void requireText(String key, String absent, String expected) {
    requireOneOf(key, absent, Set.of(expected));
  }

  private void requireOneOf(String key, String absent, Set<String> allowed) {
    String value = text(key, absent);
    require(
        allowed.contains(value),
        file
            + ": "
            + key
            + " is '"
            + value
            + "'; supported: "
            + String.join(", ", allowed.stream().sorted().map(each -> "'" + each + "'").toList()));
  }

  private int number(String key) {
    JsonNode value = config.path(key);
    require(
        value.isInt() && value.asInt() > 0,
        file + ": expected a number above 0 as " + key + ", not " + value);
    return value.asInt();
  }

  private boolean isRecurrent() {
    return text(BLOCK, "self-attention").equals("rnn");
  }

  /** Which matrices are one. */
  WeightTying tying() {
    return isTrue("tied-embeddings-all") ? WeightTying.THREE_WAY : WeightTying.TARGET;
  }

  /** The settings that differ from the defaults. */
  JsonNode settings(String direction) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("direction", direction);
    root.putObject("subwords").put("joint", tying() == WeightTying.THREE_WAY);
    ObjectNode model = root.putObject("model");
    model.put("hiddenSize", number("dim-emb"));
    model.put("feedForwardSize", number(SIZE));
    model.put("encoderLayers", number("enc-depth"));
    model.put("decoderLayers", number("dec-depth"));
    model.put("positions", "sinusoidal-marian");
    model.putObject("attention").put("heads", number("transformer-heads"));
    model.put("layerNorm", "post");
    model.put("activation", text("transformer-ffn-activation", "swish"));
    model.put("decoderBlock", isRecurrent() ? "ssru" : "self-attention");
    model.put("weightTying", tying().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    model.put("outputBias", true);
    model.put("maxPositions", POSITIONS);
    root.putObject("train").put("maxLength", MAX_LENGTH);
    ObjectNode decode = root.putObject("decode");
    decode.put("beamSize", 1);
    decode.put("lengthNormalization", "length");
    decode.put("lengthPenalty", 1.0);
    return root;
  }
}
