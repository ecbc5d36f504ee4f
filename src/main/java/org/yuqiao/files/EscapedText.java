package org.yuqiao.files;

/**
 * Text shown in a message: control characters escaped, so that a file name or a cell cannot move
 * the cursor or begin a line; the middle of a very long text left out.
 */
public final class EscapedText {
  private static final int MAX_LENGTH = 2000;

  private EscapedText() {}

  /** The text with escapes such as {@code \n} and {@code \u001b}. */
  public static String of(String text) {
    String shown = shortened(text);
    if (shown.codePoints().noneMatch(EscapedText::isHidden)) {
      return shown;
    }
    StringBuilder escaped = new StringBuilder();
    shown.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static String shortened(String text) {
    int half = MAX_LENGTH / 2;
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, half)
            + " ... "
            + (text.length() - 2 * half)
            + " characters ... "
            + text.substring(text.length() - half);
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      case '\t' -> escaped.append("\\t");
      default -> {
        if (isHidden(c)) {
          escaped.append(String.format("\\u%04x", c));
        } else {
          escaped.appendCodePoint(c);
        }
      }
    }
  }

  /** Whether a terminal shows something else for it: controls, line separators, directions. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default ->
          c == 0x061C
              || c == 0x200E
              || c == 0x200F
              || (c >= 0x202A && c <= 0x202E)
              || (c >= 0x2066 && c <= 0x2069);
    };
  }
}
