package org.yuqiao.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;

/**
 * Cuts a sentence into the words that vectors are trained for.
 *
 * @param kind where the borders are
 * @param lowercase whether capital letters become small ones
 */
public record WordSegmenter(Kind kind, boolean lowercase) {
  private static final Pattern WORD =
      Pattern.compile(
          "(\\p{IsHan}+)|[\\p{L}\\p{M}&&[^\\p{IsHan}]]+(?:['’][\\p{L}\\p{M}&&[^\\p{IsHan}]]+)*"
              + "|\\p{N}+");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Where the borders between words are. */
  public enum Kind {
    /** At white space alone: for text that is cut into words already. */
    WHITESPACE,
    /** Around words of letters or digits and, in runs of Han characters, where HanLP sees words. */
    WORD,
    /** The same, but every Han character is a word. */
    CHARACTER;

    /** The word used in settings. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a key.
     *
     * @throws InvalidInputException for any other word
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

  /** The words of {@code sentence} in order. Punctuation is left out unless borders are spaces. */
  public List<String> words(String sentence) {
    String text = lowercase ? sentence.toLowerCase(Locale.ROOT) : sentence;
    return kind == Kind.WHITESPACE ? betweenSpaces(text) : words(text, kind);
  }

  private static List<String> betweenSpaces(String text) {
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
