package org.yuqiao.embedding.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.files.InvalidInputException;

/** The words of a file in order; rejects empty and duplicate words. */
public final class WordList {
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  /**
   * Adds the next word.
   *
   * @param place its position for messages: the file with line or byte
   */
  public void add(String word, String place) {
    if (word.isEmpty()) {
      throw new InvalidInputException(place + ": expected a word, but found none");
    }
    String earlier = places.putIfAbsent(word, place);
    if (earlier != null) {
      throw new InvalidInputException(
          place + ": the word '" + word + "' occurs twice in the file, first at " + earlier);
    }
    words.add(word);
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
