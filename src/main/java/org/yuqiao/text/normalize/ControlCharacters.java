package org.yuqiao.text.normalize;

import java.util.regex.Pattern;

/**
 * Removes invisible characters: control and format characters, byte order marks, zero-width spaces.
 * Tabs and line separators become spaces, and so does U+2581, which stands for a space in
 * tokenizers.
 */
public record ControlCharacters() implements TextStep {
  private static final Pattern SEPARATORS =
      Pattern.compile("[\\t\\n\\r\\x0B\\f\\x85\\u2028\\u2029\\u2581]");
  private static final String VARIATION_SELECTORS =
      "\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}\\u180B-\\u180F";

  /** Format characters that are drawn: Arabic number signs and the like. */
  private static final String VISIBLE = "\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2";

  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\uFFFD-\\uFFFF\\u2065\\u034F\\u115F\\u1160\\u3164\\uFFA0"
              + VARIATION_SELECTORS
              + "&&[^"
              + VISIBLE
              + "]]");

  @Override
  public String name() {
    return "control-characters";
  }

  @Override
  public String apply(String sentence) {
    return INVISIBLE.matcher(SEPARATORS.matcher(sentence).replaceAll(" ")).replaceAll("");
  }
}
