package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.files.EscapedText;
import org.yuqiao.files.InvalidInputException;

/** The words of a file in order; rejects or skips empty and duplicate words. */
public final class WordList {
  private static final Logger LOGGER = LoggerFactory.getLogger(WordList.class);

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();
  private final boolean skipping;
  private int skipped;

  /** A list that rejects empty and duplicate words. */
  public WordList() {
    this(false);
  }

  /**
   * A list.
   *
   * @param skipping whether empty and duplicate words are skipped instead of rejected
   */
  public WordList(boolean skipping) {
    this.skipping = skipping;
  }

  /**
   * Adds the next word.
   *
   * @param place its position for messages: the file with line or byte
   * @return whether it was added, not skipped
   */
  public boolean add(String word, String place) {
    if (skipping && (word.isEmpty() || places.containsKey(word))) {
      skipped++;
      return false;
    }
    if (word.isEmpty()) {
      throw new InvalidInputException(place + ": expected a word, but found none");
    }
    String earlier = places.putIfAbsent(word, place);
    if (earlier != null) {
      throw new InvalidInputException(
          place + ": the word '" + word + "' occurs twice in the file, first at " + earlier);
    }
    words.add(word);
    return true;
  }

  /**
   * The words with their vectors.
   *
   * @param name of the file, for a message about skipped words
   * @param values the matrix, row-major
   */
  public WordVectors vectors(String name, int dimension, float[] values) {
    if (skipped > 0) {
      LOGGER.warn(
          "{}: {} words that are empty or occurred before are left out",
          EscapedText.of(name),
          skipped);
    }
    return new WordVectors(words, dimension, values);
  }

  /** The words in order. */
  public List<String> words() {
    return words;
  }

  /**
   * Rejects words that a format cannot represent.
   *
   * @param separators the characters that end a word in the format
   */
  public static void requireWritable(WordVectors vectors, String separators, String format) {
    for (String word : vectors.words()) {
      if (word.isEmpty() || word.chars().anyMatch(c -> separators.indexOf(c) >= 0)) {
        throw new InvalidInputException(
            "the word '"
                + word
                + "' is empty or contains whitespace, which "
                + format
                + " cannot represent");
      }
    }
  }
}
