package org.yuqiao.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.yuqiao.files.InvalidInputException;

/** A tokenizer: from a sentence to token ids and back. Safe for use by several threads. */
public interface Tokenizer {
  /** The id of {@code <pad>}: padding. */
  int PAD = 0;

  /** The id of {@code <bos>}: the first input of the decoder. */
  int BOS = 1;

  /** The id of {@code <eos>}: the end of a sentence. */
  int EOS = 2;

  /** The id of {@code <unk>}: unknown text. */
  int UNK = 3;

  /** The special tokens, by id; every vocabulary begins with them. */
  List<String> SPECIALS = List.of("<pad>", "<bos>", "<eos>", "<unk>");

  /** The texts of all tokens, by id; U+2581 stands for a space. */
  List<String> pieces();

  /** The vocabulary size. */
  default int size() {
    return pieces().size();
  }

  /** The text of a token; U+2581 stands for a space. */
  default String piece(int id) {
    return pieces().get(id);
  }

  /** The id of the token with the text {@code piece}. */
  OptionalInt id(String piece);

  /** The ids of the placeholders of protected spans, in order; empty without them. */
  default int[] placeholders() {
    int[] ids = Placeholders.all().stream().mapToInt(piece -> id(piece).orElse(-1)).toArray();
    return Arrays.stream(ids).allMatch(id -> id >= 0) ? ids : new int[0];
  }

  /**
   * The same tokenizer with the placeholders of protected spans at the end of its vocabulary.
   *
   * @throws InvalidInputException when its vocabulary cannot grow
   */
  default Tokenizer withPlaceholders() {
    throw new InvalidInputException(
        "data.protect adds tokens to vocabularies that were learned here, not to those of an"
            + " imported model; set it to false");
  }

  /** Whether it normalizes raw text itself; otherwise text is normalized before it is encoded. */
  default boolean normalizes() {
    return false;
  }

  /**
   * The same tokenizer with the target language of sources that name none.
   *
   * @param code as {@code cmn_Hans}
   * @throws InvalidInputException when it has no such target language
   */
  default Tokenizer withTargetLanguage(String code) {
    throw new InvalidInputException(
        "the model translates into one language; leave out the target language '" + code + "'");
  }

  /** The token ids of a sentence, without {@code <bos>} and {@code <eos>}. */
  int[] encode(String sentence);

  /**
   * The token ids of a sentence, cut at random.
   *
   * @param dropout the probability of dropping a possible merge, from 0 to 1
   */
  int[] encode(String sentence, double dropout, RandomGenerator random);

  /** A text as the tokenizer reads it, where it {@link #normalizes}. */
  default String normalized(String text) {
    return text;
  }

  /** Whether a token names the target language, and so is no part of a text. */
  default boolean namesLanguage(int token) {
    return false;
  }

  /** The parts of a sentence that become {@link #UNK}, in order. */
  List<String> unknowns(String sentence);

  /** The texts of the tokens of a sentence. */
  default List<String> cut(String sentence) {
    return Arrays.stream(encode(sentence)).mapToObj(this::piece).toList();
  }

  /** The sentence of the given tokens, without special tokens. */
  String decode(int[] tokens);

  /**
   * The sentence of the given tokens, with unknown text restored.
   *
   * @param unknowns the text of each {@link #UNK}, in order
   */
  String decode(int[] tokens, List<String> unknowns);

  /** The text of tokens within a sentence; keeps the leading space and special tokens. */
  String text(int[] tokens);

  /** Whether a token is a continuation byte of a UTF-8 character. */
  boolean continuesCharacter(int token);
}
