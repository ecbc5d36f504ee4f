package org.yuqiao.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;

/** Learns a {@link Tokenizer} from the sentences of a training split. */
public final class TokenizerLearner {
  private final SubwordSettings settings;
  private final PreTokenizer preTokenizer;

  /**
   * A learner.
   *
   * @param prefixSpace whether a sentence's first word gets the mark of a space like all others;
   *     right for English, of no use for Chinese
   */
  public TokenizerLearner(SubwordSettings settings, boolean prefixSpace) {
    this.settings = settings;
    this.preTokenizer = new PreTokenizer(settings.segmentation(), prefixSpace);
  }

  /**
   * Learns from all {@code sentences}.
   *
   * @throws InvalidInputException when there is no text in them
   */
  public Tokenizer learn(Stream<String> sentences) {
    Map<String, Long> counts = new HashMap<>();
    sentences.forEach(
        sentence -> preTokenizer.cut(sentence, piece -> counts.merge(piece, 1L, Long::sum)));
    if (counts.isEmpty()) {
      throw new InvalidInputException("no subwords can be learned: the training text is empty");
    }
    Map<String, Long> sorted = new TreeMap<>(counts);
    List<String> alphabet = alphabet(sorted);
    BytePairEncoding encoding = new BytePairEncoding(alphabet, sorted, settings.minFrequency());
    List<String> merges = new ArrayList<>();
    Map<BytePairEncoding.Pair, String> learned = encoding.learn(settings.vocabularySize());
    for (BytePairEncoding.Pair pair : learned.keySet()) {
      merges.add(encoding.symbols().get(pair.left()) + " " + encoding.symbols().get(pair.right()));
    }
    return new Tokenizer(encoding.symbols(), merges, preTokenizer, settings.fallback());
  }

  /** Special tokens, bytes, then the characters, the most frequent first. */
  private List<String> alphabet(Map<String, Long> counts) {
    Map<String, Long> characters = new TreeMap<>();
    counts.forEach(
        (piece, count) ->
            piece
                .codePoints()
                .forEach(c -> characters.merge(Character.toString(c), count, Long::sum)));
    List<String> alphabet = new ArrayList<>(Tokenizer.SPECIALS);
    long least = 1;
    if (settings.fallback() == Fallback.BYTE) {
      for (int b = 0; b < 256; b++) {
        alphabet.add(Tokenizer.byteToken(b));
      }
      least = settings.minFrequency();
    }
    long threshold = least;
    characters.entrySet().stream()
        .filter(entry -> entry.getValue() >= threshold)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(Math.max(1, settings.vocabularySize() - alphabet.size()))
        .forEach(entry -> alphabet.add(entry.getKey()));
    return alphabet;
  }
}
