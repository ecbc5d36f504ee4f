package org.yuqiao.text.sentencepiece;

import static org.yuqiao.files.InvalidInputException.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonFile;
import org.yuqiao.text.Tokenizer;

/**
 * The tokenizer of one side of a Marian model as Hugging Face publishes it: an {@code .spm} file
 * cuts text into pieces, a {@code vocab.json} gives them ids.
 *
 * <p>Raw text is normalized as the {@code .spm} file says. A source may begin with the token of a
 * target language, as {@code >>cmn_Hans<<}.
 */
public final class SentencePieceTokenizer implements Tokenizer {
  private static final char SPACE_MARK = '\u2581';
  private static final String SPACE = String.valueOf(SPACE_MARK);

  private final SentencePiece model;
  private final PieceVocabulary vocabulary;
  private final Optional<TargetLanguages> languages;
  private final byte[] modelFile;
  private final byte[] vocabularyFile;

  private SentencePieceTokenizer(
      SentencePiece model,
      PieceVocabulary vocabulary,
      Optional<TargetLanguages> languages,
      byte[] modelFile,
      byte[] vocabularyFile) {
    this.model = model;
    this.vocabulary = vocabulary;
    this.languages = languages;
    this.modelFile = modelFile;
    this.vocabularyFile = vocabularyFile;
  }

  /**
   * Reads the tokenizer of a target side.
   *
   * @throws InvalidInputException when a file is missing or damaged
   */
  public static SentencePieceTokenizer target(Path model, Path vocabulary) {
    JsonNode pieces = JsonFile.read(vocabulary);
    return new SentencePieceTokenizer(
        SentencePiece.read(model),
        PieceVocabulary.of(pieces, vocabulary),
        Optional.empty(),
        bytes(model),
        bytes(vocabulary));
  }

  /** Reads the tokenizer of a source side, which knows the tokens of target languages. */
  public static SentencePieceTokenizer source(Path model, Path vocabulary) {
    SentencePieceTokenizer plain = target(model, vocabulary);
    return plain.with(TargetLanguages.of(plain.vocabulary));
  }

  /**
   * The tokenizer of a model whose ids are those of the {@code .spm} file itself.
   *
   * @param file plain or compressed with gzip
   * @throws InvalidInputException when it is missing or damaged
   */
  public static SentencePieceTokenizer ofOwnIds(Path file, boolean isSource) {
    byte[] bytes;
    try (InputStream in = InputFile.open(file)) {
      bytes = in.readNBytes(SentencePieceFile.MAX_BYTES);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
    SentencePiece model = SentencePiece.of(bytes, file);
    byte[] ids = PieceVocabulary.json(model, file);
    PieceVocabulary vocabulary = PieceVocabulary.of(JsonFile.parse(ids, file), file);
    return new SentencePieceTokenizer(
        model,
        vocabulary,
        isSource ? Optional.of(TargetLanguages.of(vocabulary)) : Optional.empty(),
        bytes,
        ids);
  }

  private SentencePieceTokenizer with(TargetLanguages choice) {
    return new SentencePieceTokenizer(
        model, vocabulary, Optional.of(choice), modelFile, vocabularyFile);
  }

  @Override
  public SentencePieceTokenizer withTargetLanguage(String code) {
    return with(languages.orElseThrow().choose(code));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** Writes the {@code .spm} and the {@code vocab.json} file, byte for byte as they were read. */
  public void save(Path model, Path vocabulary) {
    AtomicFile.write(model, out -> out.write(modelFile));
    AtomicFile.write(vocabulary, out -> out.write(vocabularyFile));
  }

  /** The ids of the {@code vocab.json}. */
  public PieceVocabulary vocabulary() {
    return vocabulary;
  }

  /** Whether this is the tokenizer of a source side. */
  public boolean isSource() {
    return languages.isPresent();
  }

  /** The target language of sources that name none, if one is chosen. */
  public Optional<String> targetLanguage() {
    return languages.flatMap(TargetLanguages::chosen);
  }

  /**
   * Checks that a source need not name its target language.
   *
   * @throws InvalidInputException when one has to be chosen
   */
  public void requireTargetLanguage() {
    languages.ifPresent(TargetLanguages::token);
  }

  @Override
  public List<String> pieces() {
    return vocabulary.pieces();
  }

  @Override
  public OptionalInt id(String piece) {
    int special = SPECIALS.indexOf(piece);
    return special >= 0
        ? OptionalInt.of(special)
        : vocabulary.contains(piece) ? OptionalInt.of(vocabulary.id(piece)) : OptionalInt.empty();
  }

  @Override
  public boolean normalizes() {
    return true;
  }

  @Override
  public String normalized(String text) {
    return model.normalize(text).replace(SPACE_MARK, ' ');
  }

  @Override
  public boolean namesLanguage(int token) {
    return languages.filter(known -> known.hasToken(piece(token))).isPresent();
  }

  @Override
  public int[] encode(String sentence) {
    Optional<String> given = languages.flatMap(known -> known.given(sentence));
    String text = given.map(token -> sentence.substring(token.length())).orElse(sentence);
    int[] ids = model.cut(text).stream().mapToInt(vocabulary::id).toArray();
    if (ids.length == 0) {
      return ids;
    }
    Optional<String> token = given.or(() -> languages.flatMap(TargetLanguages::token));
    return token
        .map(first -> IntStream.concat(IntStream.of(vocabulary.id(first)), IntStream.of(ids)))
        .map(IntStream::toArray)
        .orElse(ids);
  }

  /**
   * Without dropout as {@link #encode(String)}.
   *
   * @throws InvalidInputException with dropout
   */
  @Override
  public int[] encode(String sentence, double dropout, RandomGenerator random) {
    require(
        dropout == 0,
        "subwords.dropout skips merges of byte pair encoding, which a SentencePiece tokenizer does"
            + " not have; set it to 0");
    return encode(sentence);
  }

  /** The pieces without an id. */
  @Override
  public List<String> unknowns(String sentence) {
    String text =
        languages
            .flatMap(known -> known.given(sentence))
            .map(token -> sentence.substring(token.length()))
            .orElse(sentence);
    return model.cut(text).stream()
        .filter(piece -> !vocabulary.contains(piece))
        .map(piece -> piece.replace(SPACE_MARK, ' ').strip())
        .toList();
  }

  @Override
  public String decode(int[] tokens) {
    return text(Arrays.stream(tokens).filter(token -> token >= SPECIALS.size()).toArray()).strip();
  }

  @Override
  public String decode(int[] tokens, List<String> unknowns) {
    List<String> parts = new ArrayList<>();
    int number = 0;
    int from = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == UNK) {
        parts.add(text(Arrays.copyOfRange(tokens, from, i)));
        parts.add(unknowns.get(number++));
        from = i + 1;
      }
    }
    parts.add(text(Arrays.copyOfRange(tokens, from, tokens.length)));
    return String.join("", parts).strip();
  }

  @Override
  public String text(int[] tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      String piece = piece(token);
      Optional<PieceType> type = token < SPECIALS.size() ? Optional.empty() : model.typeOf(piece);
      if (type.equals(Optional.of(PieceType.BYTE))) {
        bytes.write(SentencePiece.byteOf(piece));
      } else if (!type.equals(Optional.of(PieceType.CONTROL))) {
        bytes.writeBytes(piece.replace(SPACE, " ").getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public boolean continuesCharacter(int token) {
    return token >= SPECIALS.size()
        && model.typeOf(piece(token)).equals(Optional.of(PieceType.BYTE))
        && (SentencePiece.byteOf(piece(token)) & 0xC0) == 0x80;
  }
}
