package org.yuqiao.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;

/**
 * Segments sentences into words for Word2Vec.
 *
 * @param kind the word borders
 * @param lowercase whether words are lowercased
 */
public record WordSegmenter(Kind kind, boolean lowercase) {
  // The group is possessive: Java matches a greedy one by recursion, as deep as a text is long.
  private static final Pattern WORD =
      Pattern.compile(
          "(\\p{IsHan}+)|[\\p{L}\\p{M}&&[^\\p{IsHan}]]+(?:['’][\\p{L}\\p{M}&&[^\\p{IsHan}]]+)*+"
              + "|\\p{N}+");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** The word borders. */
  public enum Kind {
    /** White space only, for tokenized text. */
    WHITESPACE,
    /** Runs of letters or digits; Han characters are segmented by HanLP. */
    WORD,
    /** Runs of letters or digits; each Han character is a word. */
    CHARACTER;

    /** The value in settings. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a key.
     *
     * @throws InvalidInputException for any other key
     */
    public static Kind of(String key) {
      for (Kind kind : values()) {
        if (kind.key().equals(key)) {
          return kind;
        }
      }
      throw new InvalidInputException(
          "unknown segmentation '" + key + "'; expected whitespace, word or character");
    }
  }

  /** The words of {@code sentence}; punctuation is dropped except with {@link Kind#WHITESPACE}. */
  public List<String> words(String sentence) {
    String text = lowercase ? sentence.toLowerCase(Locale.ROOT) : sentence;
    return kind == Kind.WHITESPACE ? splitAtSpaces(text) : words(text, kind);
  }

  private static List<String> splitAtSpaces(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(SPACE.split(stripped));
  }

  private static List<String> words(String text, Kind kind) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String run = matcher.group();
      if (matcher.group(1) == null) {
        words.add(run);
      } else if (kind == Kind.WORD) {
        words.addAll(ChineseWords.of(run));
      } else {
        run.codePoints().mapToObj(Character::toString).forEach(words::add);
      }
    }
    return words;
  }
}
