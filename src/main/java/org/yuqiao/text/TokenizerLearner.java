package org.yuqiao.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;

/** Learns a {@link BpeTokenizer} from the sentences of a training split. */
public final class TokenizerLearner {
  private final SubwordSettings settings;
  private final PreTokenizer preTokenizer;
  private final List<String> placeholders;

  /**
   * Creates a learner.
   *
   * @param prefixSpace whether the first word of a sentence is encoded with a leading space like
   *     all others; true for English, false for Chinese
   */
  public TokenizerLearner(SubwordSettings settings, boolean prefixSpace) {
    this(settings, new PreTokenizer(settings.segmentation(), prefixSpace), List.of());
  }

  private TokenizerLearner(
      SubwordSettings settings, PreTokenizer preTokenizer, List<String> placeholders) {
    this.settings = settings;
    this.preTokenizer = preTokenizer;
    this.placeholders = placeholders;
  }

  /** A learner whose vocabularies end with the placeholders of protected spans. */
  public TokenizerLearner withPlaceholders() {
    return new TokenizerLearner(settings, preTokenizer, Placeholders.all());
  }

  /**
   * Learns from all {@code sentences}.
   *
   * @throws InvalidInputException if they contain no text
   */
  public BpeTokenizer learn(Stream<String> sentences) {
    Map<String, Long> counts = new HashMap<>();
    sentences.forEach(sentence -> cut(sentence, piece -> counts.merge(piece, 1L, Long::sum)));
    return learn(counts);
  }

  /** Passes on the pieces of a sentence that merges do not cross, in order. */
  public void cut(String sentence, Consumer<String> pieces) {
    preTokenizer.cut(sentence, pieces);
  }

  /**
   * Learns from the numbers of occurrences of all pieces that {@link #cut} passes on, wherever they
   * were counted.
   *
   * @throws InvalidInputException if there are none
   */
  public BpeTokenizer learn(Map<String, Long> counts) {
    if (counts.isEmpty()) {
      throw new InvalidInputException("no subwords can be learned: the training text is empty");
    }
    Map<String, Long> sorted = new TreeMap<>(counts);
    List<String> alphabet = alphabet(sorted);
    BytePairEncoding encoding = new BytePairEncoding(alphabet, sorted, settings.minFrequency());
    List<String> merges = new ArrayList<>();
    Map<BytePairEncoding.Pair, String> learned = encoding.learn(size());
    for (BytePairEncoding.Pair pair : learned.keySet()) {
      merges.add(encoding.symbols().get(pair.left()) + " " + encoding.symbols().get(pair.right()));
    }
    List<String> pieces = new ArrayList<>(encoding.symbols());
    pieces.addAll(placeholders);
    return new BpeTokenizer(pieces, merges, preTokenizer, settings.fallback());
  }

  /** The number of tokens that are learned or fixed, without placeholders. */
  private int size() {
    return settings.vocabularySize() - placeholders.size();
  }

  /** Special tokens, bytes with byte fallback, then characters by descending frequency. */
  private List<String> alphabet(Map<String, Long> counts) {
    Map<String, Long> characters = new TreeMap<>();
    counts.forEach(
        (piece, count) ->
            piece
                .codePoints()
                .filter(c -> !Placeholders.contain(c))
                .forEach(c -> characters.merge(Character.toString(c), count, Long::sum)));
    List<String> alphabet = new ArrayList<>(Tokenizer.SPECIALS);
    long min = 1;
    if (settings.fallback() == Fallback.BYTE) {
      for (int b = 0; b < 256; b++) {
        alphabet.add(BpeTokenizer.byteToken(b));
      }
      min = settings.minFrequency();
    }
    long threshold = min;
    characters.entrySet().stream()
        .filter(entry -> entry.getValue() >= threshold)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(Math.max(1, size() - alphabet.size()))
        .forEach(entry -> alphabet.add(entry.getKey()));
    return alphabet;
  }
}
