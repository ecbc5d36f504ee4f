package org.yuqiao.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.JsonFile;

/**
 * Reads and writes byte pair encoding tokenizers in the {@code tokenizer.json} format of Hugging
 * Face Tokenizers.
 *
 * <p>That library encodes to the same ids. With word segmentation its input needs U+200B between
 * words, which the pre-tokenizer of the file removes.
 */
public final class TokenizerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerJson() {}

  /** Writes {@code tokenizer} to {@code file}. */
  public static void save(BpeTokenizer tokenizer, Path file) {
    ObjectNode root = tree(tokenizer);
    AtomicFile.write(file, out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, root));
  }

  /** The contents of the file. */
  public static ObjectNode tree(BpeTokenizer tokenizer) {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    addSpecials(root.putArray("added_tokens"));
    root.putNull("normalizer");
    addPreTokenizer(root.putObject("pre_tokenizer"), tokenizer.preTokenizer());
    root.putNull("post_processor");
    addDecoder(root.putObject("decoder"), tokenizer.preTokenizer());
    addModel(root.putObject("model"), tokenizer);
    return root;
  }

  private static void addSpecials(ArrayNode tokens) {
    for (int id = 0; id < Tokenizer.SPECIALS.size(); id++) {
      tokens
          .addObject()
          .put("id", id)
          .put("content", Tokenizer.SPECIALS.get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
  }

  private static void addPreTokenizer(ObjectNode node, PreTokenizer preTokenizer) {
    ArrayNode steps = node.put("type", "Sequence").putArray("pretokenizers");
    steps
        .addObject()
        .put("type", "Metaspace")
        .put("replacement", String.valueOf(PreTokenizer.SPACE_MARK))
        .put("prepend_scheme", preTokenizer.prefixSpace() ? "always" : "never")
        .put("split", false);
    if (preTokenizer.segmentation() == Segmentation.WORD) {
      addSplit(steps.addObject(), "String", PreTokenizer.WORD_BORDER, "Removed");
    }
    addSplit(
        steps.addObject(), "Regex", PreTokenizer.regex(preTokenizer.segmentation()), "Isolated");
  }

  private static void addSplit(ObjectNode node, String kind, String pattern, String behavior) {
    node.put("type", "Split");
    node.putObject("pattern").put(kind, pattern);
    node.put("behavior", behavior).put("invert", false);
  }

  private static void addDecoder(ObjectNode node, PreTokenizer preTokenizer) {
    ArrayNode steps = node.put("type", "Sequence").putArray("decoders");
    ObjectNode replace = steps.addObject().put("type", "Replace");
    replace.putObject("pattern").put("String", String.valueOf(PreTokenizer.SPACE_MARK));
    replace.put("content", " ");
    steps.addObject().put("type", "ByteFallback");
    steps.addObject().put("type", "Fuse");
    if (preTokenizer.prefixSpace()) {
      steps.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
  }

  private static void addModel(ObjectNode model, BpeTokenizer tokenizer) {
    model.put("type", "BPE");
    model.putNull("dropout");
    model.put("unk_token", Tokenizer.SPECIALS.get(Tokenizer.UNK));
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", tokenizer.fallback() == Fallback.BYTE);
    model.put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokenizer.size(); id++) {
      vocabulary.put(tokenizer.piece(id), id);
    }
    ArrayNode merges = model.putArray("merges");
    for (String merge : tokenizer.merges()) {
      Arrays.stream(merge.split(" ", 2)).forEach(merges.addArray()::add);
    }
  }

  /**
   * Reads a file written by {@link #save}, or by Hugging Face Tokenizers from one; before version
   * 0.20 that library wrote merges as strings.
   *
   * @throws InvalidInputException naming file and key if it is anything else
   */
  public static BpeTokenizer load(Path file) {
    JsonNode root = JsonFile.read(file);
    JsonNode model = require(file, root, "model");
    JsonNode vocabulary = require(file, model, "vocab");
    require(vocabulary.isObject(), file, "model.vocab", "expected tokens with their ids");
    String[] pieces = new String[vocabulary.size()];
    vocabulary
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              int id = value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : -1;
              if (id < 0 || id >= pieces.length || pieces[id] != null) {
                throw new InvalidInputException(
                    file
                        + ": key 'model.vocab': the id "
                        + value
                        + " of '"
                        + entry.getKey()
                        + "' is out of order; expected 0 to "
                        + (pieces.length - 1)
                        + ", each once");
              }
              pieces[id] = entry.getKey();
            });
    JsonNode fallback = require(file, model, "byte_fallback");
    require(fallback.isBoolean(), file, "model.byte_fallback", "expected true or false");
    boolean bytes = fallback.booleanValue();
    requireFirst(file, pieces, bytes);
    return new BpeTokenizer(
        List.of(pieces),
        merges(file, require(file, model, "merges"), Set.of(pieces)),
        preTokenizer(file, root),
        bytes ? Fallback.BYTE : Fallback.CHARACTER);
  }

  /** Refuses a vocabulary that does not begin with the special tokens and all bytes. */
  private static void requireFirst(Path file, String[] pieces, boolean bytes) {
    List<String> first = new ArrayList<>(Tokenizer.SPECIALS);
    for (int b = 0; bytes && b < 256; b++) {
      first.add(BpeTokenizer.byteToken(b));
    }
    for (int id = 0; id < first.size(); id++) {
      require(
          id < pieces.length && pieces[id].equals(first.get(id)),
          file,
          "model.vocab",
          "expected the token " + first.get(id) + " with id " + id);
    }
  }

  /** The merges as "left right", from pairs or from strings. */
  private static List<String> merges(Path file, JsonNode node, Set<String> vocabulary) {
    require(node.isArray(), file, "model.merges", "expected a list");
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : node) {
      List<String> pair = pair(merge);
      String key = "model.merges[" + merges.size() + "]";
      if (pair.size() != 2) {
        require(false, file, key, "expected two tokens, not " + merge);
      }
      if (pair.stream().anyMatch(token -> token.isEmpty() || token.indexOf(' ') >= 0)) {
        require(false, file, key, "expected tokens without spaces, not " + merge);
      }
      for (String token : List.of(pair.get(0), pair.get(1), String.join("", pair))) {
        if (!vocabulary.contains(token)) {
          require(false, file, key, "the token '" + token + "' is not in model.vocab");
        }
      }
      merges.add(String.join(" ", pair));
    }
    return merges;
  }

  /** The texts of a merge, from a list or a string. */
  private static List<String> pair(JsonNode merge) {
    if (merge.isTextual()) {
      return Arrays.asList(merge.textValue().split(" ", -1));
    }
    List<String> pair = new ArrayList<>();
    merge.forEach(part -> pair.add(part.isTextual() ? part.textValue() : ""));
    return merge.isArray() ? pair : List.of();
  }

  private static void require(boolean condition, Path file, String key, String problem) {
    InvalidInputException.require(condition, file + ": key '" + key + "': " + problem);
  }

  private static JsonNode require(Path file, JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new InvalidInputException(
          file + ": no key '" + key + "'; expected a tokenizer written by yuqiao");
    }
    return value;
  }

  private static PreTokenizer preTokenizer(Path file, JsonNode root) {
    JsonNode steps = require(file, require(file, root, "pre_tokenizer"), "pretokenizers");
    boolean prefix = steps.path(0).path("prepend_scheme").asText().equals("always");
    String regex = steps.path(steps.size() - 1).path("pattern").path("Regex").asText();
    for (Segmentation segmentation : Segmentation.values()) {
      boolean words = steps.size() == 3;
      if (words == (segmentation == Segmentation.WORD)
          && PreTokenizer.regex(segmentation).equals(regex)) {
        return new PreTokenizer(segmentation, prefix);
      }
    }
    throw new InvalidInputException(file + ": key 'pre_tokenizer' is not one that yuqiao writes");
  }
}
