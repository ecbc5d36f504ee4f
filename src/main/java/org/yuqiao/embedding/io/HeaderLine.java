package org.yuqiao.embedding.io;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;

/**
 * The first line of word2vec's text and binary files: the number of words and the dimension.
 * Deeplearning4j adds the number of documents, which is ignored.
 *
 * @param words V
 * @param dimension D
 */
record HeaderLine(int words, int dimension) {
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*(\\d{1,9})\\s+(\\d{1,9})(\\s+\\d{1,18})?\\s*");

  /** Parses a header; empty if the line is no header. */
  static Optional<HeaderLine> parse(String line) {
    Matcher numbers = NUMBERS.matcher(line);
    return numbers.matches()
        ? Optional.of(
            new HeaderLine(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
        : Optional.empty();
  }

  /**
   * Parses a header.
   *
   * @throws InvalidInputException when the line is no header or a number is below 1
   */
  static HeaderLine read(String file, String line) {
    HeaderLine header =
        parse(line)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file
                            + ", line 1: expected the number of words and the dimension, such as"
                            + " \"71291 100\", but found \""
                            + shortened(line)
                            + "\""));
    if (header.words < 1 || header.dimension < 1) {
      throw new InvalidInputException(
          file
              + ", line 1: expected at least one word and one dimension, but found "
              + line.trim());
    }
    return header;
  }

  private static String shortened(String line) {
    return line.length() <= 40 ? line : line.substring(0, 40) + "...";
  }

  /**
   * The matrix {@code [V, D]}, to be filled.
   *
   * @param bytes the file's length; {@code Long.MAX_VALUE} when it is not known
   * @param minBytesPerWord the minimum size of a word and its vector in the file
   * @throws InvalidInputException when the file is too short for the header, or the memory too
   *     small
   */
  VectorRows rows(String file, long bytes, long minBytesPerWord) {
    if (words * minBytesPerWord > bytes) {
      throw new InvalidInputException(
          String.format(
              "%s, line 1: promises %d words of dimension %d, which need more than the %d bytes"
                  + " that the file has; it is cut off, or the line is wrong",
              file, words, dimension, bytes));
    }
    return new VectorRows(file, words, dimension, bytes != Long.MAX_VALUE);
  }

  /** The header as text. */
  String text() {
    return words + " " + dimension + "\n";
  }
}
