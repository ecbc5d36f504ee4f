package org.yuqiao.text.sentencepiece;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yuqiao.files.InvalidInputException;

/**
 * The target languages of a multilingual model: tokens as {@code >>cmn_Hans<<} at the beginning of
 * a source.
 *
 * @param codes as {@code cmn_Hans}
 * @param chosen the one of sources that name none
 */
record TargetLanguages(List<String> codes, Optional<String> chosen) {
  private static final String OPEN = ">>";
  private static final String CLOSE = "<<";
  private static final int SHOWN = 12;

  /** The target languages that have a token in {@code vocabulary}; a single one is chosen. */
  static TargetLanguages of(PieceVocabulary vocabulary) {
    List<String> codes =
        vocabulary.pieces().stream()
            .filter(piece -> piece.startsWith(OPEN) && piece.endsWith(CLOSE))
            .map(piece -> piece.substring(OPEN.length(), piece.length() - CLOSE.length()))
            .sorted()
            .toList();
    return new TargetLanguages(
        codes, codes.size() == 1 ? Optional.of(codes.get(0)) : Optional.empty());
  }

  /**
   * The same with {@code code} chosen.
   *
   * @throws InvalidInputException when the model has no such target language
   */
  TargetLanguages choose(String code) {
    require(
        !codes.isEmpty(),
        "the model translates into one language; leave out the target language '" + code + "'");
    require(
        codes.contains(code),
        "the model has no target language '" + code + "'; it has " + listed());
    return new TargetLanguages(codes, Optional.of(code));
  }

  /** The token of a language. */
  static String token(String code) {
    return OPEN + code + CLOSE;
  }

  /** Whether {@code piece} is the token of a language. */
  boolean hasToken(String piece) {
    return codes.stream().anyMatch(code -> token(code).equals(piece));
  }

  /** The language token that a source begins with. */
  Optional<String> given(String source) {
    int end = source.startsWith(OPEN) ? source.indexOf(CLOSE) : -1;
    if (codes.isEmpty() || end < 0) {
      return Optional.empty();
    }
    return Optional.of(token(choose(source.substring(OPEN.length(), end)).chosen().orElseThrow()));
  }

  /**
   * The token for a source that names no language; empty where the model has one target language.
   *
   * @throws InvalidInputException when one has to be chosen
   */
  Optional<String> token() {
    require(
        codes.isEmpty() || chosen.isPresent(),
        "the model translates into several languages; choose one with --target-language: "
            + listed());
    return chosen.map(TargetLanguages::token);
  }

  private String listed() {
    String first = codes.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return codes.size() > SHOWN ? first + " and " + (codes.size() - SHOWN) + " more" : first;
  }
}
