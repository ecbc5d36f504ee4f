package org.yuqiao.text.normalize;

import java.util.regex.Pattern;

/**
 * Removes invisible characters: control and format characters, byte order marks, zero-width spaces.
 * Tabs and line separators become spaces.
 */
public record ControlCharacters() implements TextStep {
  private static final Pattern SEPARATORS =
      Pattern.compile("[\\t\\n\\r\\x0B\\f\\x85\\u2028\\u2029]");
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Co}\\uFFFD\\uFEFF\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u00AD]");

  @Override
  public String name() {
    return "control-characters";
  }

  @Override
  public String apply(String sentence) {
    return INVISIBLE.matcher(SEPARATORS.matcher(sentence).replaceAll(" ")).replaceAll("");
  }
}
