package org.yuqiao.corpus.read;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;

/**
 * The columns of the two texts in a tab-separated corpus, written as "zh=2,en=4".
 *
 * @param chinese the column of the Chinese text, from 1
 * @param english the column of the English text, from 1
 */
public record TextColumns(int chinese, int english) implements Serializable {
  /** The word for columns that are recognized by their content. */
  public static final String AUTO = "auto";

  private static final Pattern ZH_EN = Pattern.compile("zh=(\\d{1,4}),\\s*en=(\\d{1,4})");
  private static final Pattern EN_ZH = Pattern.compile("en=(\\d{1,4}),\\s*zh=(\\d{1,4})");

  /** Checks the numbers. */
  public TextColumns {
    if (chinese < 1 || english < 1 || chinese == english) {
      throw new InvalidInputException(
          String.format(
              "the columns zh=%d,en=%d must be two different ones, counted from 1",
              chinese, english));
    }
  }

  /**
   * Parses "zh=2,en=4" or "en=4,zh=2"; empty for "auto".
   *
   * @throws InvalidInputException for anything else
   */
  public static Optional<TextColumns> of(String text) {
    if (text.equals(AUTO)) {
      return Optional.empty();
    }
    return Optional.of(
        parse(text)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "the columns must be auto or as in zh=2,en=4, not '" + text + "'")));
  }

  static Optional<TextColumns> parse(String text) {
    Matcher matcher = ZH_EN.matcher(text);
    if (matcher.matches()) {
      return Optional.of(new TextColumns(number(matcher, 1), number(matcher, 2)));
    }
    matcher = EN_ZH.matcher(text);
    return matcher.matches()
        ? Optional.of(new TextColumns(number(matcher, 2), number(matcher, 1)))
        : Optional.empty();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** The larger of the two numbers. */
  int last() {
    return Math.max(chinese, english);
  }

  @Override
  public String toString() {
    return "zh=" + chinese + ",en=" + english;
  }
}
