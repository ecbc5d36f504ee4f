package org.yuqiao.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A byte pair encoding tokenizer, learned by {@link TokenizerLearner}.
 *
 * <p>Decoding restores the encoded sentence exactly, except for leading and trailing spaces. Safe
 * for use by several threads: immutable except for a bounded cache of pieces.
 */
public final class BpeTokenizer implements Tokenizer {
  private static final int MAX_CACHED = 200_000;

  /** Longer pieces, in symbols, are no words: they are merged with a queue and not cached. */
  private static final int LONG_PIECE = 200;

  private final List<String> pieces;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> merges;
  private final Map<Long, Integer> ranks = new HashMap<>();
  private final int[] merged;
  private final PreTokenizer preTokenizer;
  private final Fallback fallback;
  private final Map<String, int[]> cache = new ConcurrentHashMap<>();

  /**
   * Creates a tokenizer.
   *
   * @param pieces the text of every token, by id
   * @param merges the merges in the order they were learned, each as "left right"
   */
  BpeTokenizer(
      List<String> pieces, List<String> merges, PreTokenizer preTokenizer, Fallback fallback) {
    this.pieces = List.copyOf(pieces);
    this.merges = List.copyOf(merges);
    this.preTokenizer = preTokenizer;
    this.fallback = fallback;
    for (int i = 0; i < pieces.size(); i++) {
      ids.put(pieces.get(i), i);
    }
    merged = new int[merges.size()];
    for (int i = 0; i < merges.size(); i++) {
      int space = merges.get(i).indexOf(' ');
      int left = ids.get(merges.get(i).substring(0, space));
      int right = ids.get(merges.get(i).substring(space + 1));
      ranks.put(key(left, right), i);
      merged[i] = ids.get(pieces.get(left) + pieces.get(right));
    }
  }

  static long key(int left, int right) {
    return (long) left << 32 | right;
  }

  /** The text of the token for byte {@code value}, as {@code <0x0A>}. */
  static String byteToken(int value) {
    return String.format(Locale.ROOT, "<0x%02X>", value);
  }

  @Override
  public List<String> pieces() {
    return pieces;
  }

  @Override
  public OptionalInt id(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The pre-tokenization of Chinese. */
  public Segmentation segmentation() {
    return preTokenizer.segmentation();
  }

  @Override
  public BpeTokenizer withPlaceholders() {
    if (placeholders().length > 0) {
      return this;
    }
    List<String> all = new ArrayList<>(pieces);
    all.addAll(Placeholders.all());
    return new BpeTokenizer(all, merges, preTokenizer, fallback);
  }

  PreTokenizer preTokenizer() {
    return preTokenizer;
  }

  Fallback fallback() {
    return fallback;
  }

  List<String> merges() {
    return merges;
  }

  @Override
  public int[] encode(String sentence) {
    List<int[]> parts = new ArrayList<>();
    preTokenizer.cut(sentence, piece -> parts.add(encodePiece(piece)));
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** BPE-dropout (Provilkov et al. 2020, algorithm 1). */
  @Override
  public int[] encode(String sentence, double dropout, RandomGenerator random) {
    List<int[]> parts = new ArrayList<>();
    preTokenizer.cut(
        sentence, piece -> parts.add(mergeWithDropout(piece, () -> random.nextDouble() < dropout)));
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** The characters that become {@code <unk>}; none with byte fallback. */
  @Override
  public List<String> unknowns(String sentence) {
    List<String> unknowns = new ArrayList<>();
    if (fallback == Fallback.CHARACTER) {
      preTokenizer.cut(
          sentence,
          piece ->
              piece
                  .codePoints()
                  .mapToObj(Character::toString)
                  .filter(character -> !ids.containsKey(character))
                  .forEach(unknowns::add));
    }
    return unknowns;
  }

  private int[] encodePiece(String piece) {
    int[] known = cache.get(piece);
    if (known != null) {
      return known;
    }
    int[] symbols = symbols(piece);
    if (symbols.length > LONG_PIECE) {
      return new MergeQueue(symbols, key -> ranks.getOrDefault(key, MergeQueue.NO_RANK), merged)
          .merge();
    }
    int[] result = merge(symbols, () -> false);
    if (cache.size() < MAX_CACHED) {
      cache.put(piece, result);
    }
    return result;
  }

  /** Merges with dropout; a long piece in parts, whose borders drop a merge as well. */
  private int[] mergeWithDropout(String piece, BooleanSupplier skip) {
    int[] symbols = symbols(piece);
    return IntStream.iterate(0, from -> from < symbols.length, from -> from + LONG_PIECE)
        .mapToObj(
            from -> Arrays.copyOfRange(symbols, from, Math.min(symbols.length, from + LONG_PIECE)))
        .flatMapToInt(part -> Arrays.stream(merge(part, skip)))
        .toArray();
  }

  private int[] symbols(String piece) {
    int[] result = new int[4 * piece.length()];
    int length = 0;
    for (int c : piece.codePoints().toArray()) {
      String character = Character.toString(c);
      Integer id = ids.get(character);
      if (id != null) {
        result[length++] = id;
      } else if (fallback == Fallback.BYTE) {
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
          result[length++] = ids.get(byteToken(b & 0xFF));
        }
      } else {
        result[length++] = UNK;
      }
    }
    return Arrays.copyOf(result, length);
  }

  /**
   * Applies merges in the order they were learned, leftmost first.
   *
   * @param skip whether to drop a possible merge, evaluated for each one
   */
  private int[] merge(int[] symbols, BooleanSupplier skip) {
    int[] current = symbols;
    int length = symbols.length;
    while (true) {
      int best = Integer.MAX_VALUE;
      int at = -1;
      for (int i = 0; i + 1 < length; i++) {
        Integer rank = ranks.get(key(current[i], current[i + 1]));
        if (rank != null && rank < best && !skip.getAsBoolean()) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return Arrays.copyOf(current, length);
      }
      current[at] = merged[best];
      System.arraycopy(current, at + 2, current, at + 1, length - at - 2);
      length--;
    }
  }

  @Override
  public String decode(int[] tokens) {
    return stripped(text(Arrays.stream(tokens).filter(t -> t >= SPECIALS.size()).toArray()));
  }

  @Override
  public String decode(int[] tokens, List<String> unknowns) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    int from = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == UNK) {
        text.append(text(Arrays.copyOfRange(tokens, from, i))).append(unknowns.get(number++));
        from = i + 1;
      }
    }
    return stripped(text.append(text(Arrays.copyOfRange(tokens, from, tokens.length))).toString());
  }

  /** Removes the space before the first word. */
  private String stripped(String text) {
    return preTokenizer.prefixSpace() && text.startsWith(" ") ? text.substring(1) : text;
  }

  @Override
  public String text(int[] tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      bytes.writeBytes(bytes(token));
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(PreTokenizer.SPACE_MARK, ' ');
  }

  @Override
  public boolean continuesCharacter(int token) {
    return isByte(token) && (bytes(token)[0] & 0xC0) == 0x80;
  }

  private boolean isByte(int token) {
    return fallback == Fallback.BYTE && token >= SPECIALS.size() && token < SPECIALS.size() + 256;
  }

  private byte[] bytes(int token) {
    String piece = pieces.get(token);
    return isByte(token)
        ? new byte[] {(byte) (token - SPECIALS.size())}
        : piece.getBytes(StandardCharsets.UTF_8);
  }
}
