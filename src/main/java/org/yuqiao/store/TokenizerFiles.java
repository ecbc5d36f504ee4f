package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.JsonFile;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;
import org.yuqiao.text.sentencepiece.SentencePieceTokenizer;

/**
 * The files of a tokenizer in the folder of a run or a model: {@code tokenizer.zh.json} alone, or
 * with {@code tokenizer.zh.spm} and {@code tokenizer.zh.vocab.json} beside it for SentencePiece.
 */
public record TokenizerFiles(Path folder, Language language) {
  private static final String TYPE = "type";
  private static final String SENTENCE_PIECE = "sentencepiece";
  private static final String SIDE = "side";
  private static final String TARGET_LANGUAGE = "targetLanguage";

  /** Which side of a translation a SentencePiece tokenizer is of. */
  private enum Side {
    SOURCE,
    TARGET;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Path json() {
    return file("json");
  }

  private Path model() {
    return file("spm");
  }

  private Path vocabulary() {
    return file("vocab.json");
  }

  private Path file(String ending) {
    return folder.resolve("tokenizer." + language.code() + "." + ending);
  }

  /** The names of the files of both languages in {@code folder}. */
  public static List<String> names(Path folder) {
    return Stream.of(Language.values())
        .map(language -> new TokenizerFiles(folder, language))
        .flatMap(
            files ->
                Files.isRegularFile(files.model())
                    ? Stream.of(files.json(), files.model(), files.vocabulary())
                    : Stream.of(files.json()))
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  /**
   * Reads the tokenizer.
   *
   * @throws InvalidInputException when a file is missing or damaged
   */
  Tokenizer load() {
    return Files.isRegularFile(model()) ? sentencePiece() : TokenizerJson.load(json());
  }

  private SentencePieceTokenizer sentencePiece() {
    JsonNode root = JsonFile.read(json());
    InvalidInputException.require(
        root.path(TYPE).asText().equals(SENTENCE_PIECE),
        json() + ": key '" + TYPE + "' is not '" + SENTENCE_PIECE + "', but there is " + model());
    if (root.path(SIDE).asText().equals(Side.TARGET.key())) {
      return SentencePieceTokenizer.target(model(), vocabulary());
    }
    SentencePieceTokenizer source = SentencePieceTokenizer.source(model(), vocabulary());
    return Optional.ofNullable(root.get(TARGET_LANGUAGE))
        .map(code -> source.withTargetLanguage(code.asText()))
        .orElse(source);
  }

  /** Writes a tokenizer. */
  void save(Tokenizer tokenizer) {
    if (tokenizer instanceof BpeTokenizer bpe) {
      TokenizerJson.save(bpe, json());
      return;
    }
    SentencePieceTokenizer pieces = (SentencePieceTokenizer) tokenizer;
    ObjectNode root = ManifestFile.JSON.createObjectNode();
    root.put(TYPE, SENTENCE_PIECE);
    root.put(SIDE, (pieces.isSource() ? Side.SOURCE : Side.TARGET).key());
    pieces.targetLanguage().ifPresent(code -> root.put(TARGET_LANGUAGE, code));
    AtomicFile.write(json(), out -> out.write(ManifestFile.JSON.writeValueAsBytes(root)));
    pieces.save(model(), vocabulary());
  }
}
