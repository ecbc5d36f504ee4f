package org.yuqiao.embedding.io;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import org.yuqiao.files.InvalidInputException;

/** The numbers of a line, between separators. */
final class NumberFields {
  private final String line;
  private final char separator;
  private final int from;

  /** The numbers in {@code line} from character {@code from} on. */
  NumberFields(String line, char separator, int from) {
    this.line = line;
    this.separator = separator;
    this.from = from;
  }

  /**
   * Reads at most {@code room} numbers into {@code values}, beginning at {@code at}, and gives how
   * many the line has. Separators at the end of the line, as word2vec.c writes them, count for
   * nothing.
   *
   * @throws InvalidInputException when one is no number, or not a finite one; it begins with {@code
   *     place}
   */
  int read(float[] values, int at, int room, String place) {
    int end = line.length();
    while (end > from && line.charAt(end - 1) == separator) {
      end--;
    }
    int count = 0;
    int begin = from;
    while (begin < end) {
      int stop = line.indexOf(separator, begin);
      stop = stop < 0 ? end : stop;
      float value = number(begin, stop, count, place);
      if (count < room) {
        values[at + count] = value;
      }
      count++;
      begin = stop + 1;
    }
    return count;
  }

  /** The number between two characters; the parser gives what the JDK's does, many times sooner. */
  private float number(int begin, int end, int index, String place) {
    try {
      return finite(JavaFloatParser.parseFloat(line, begin, end - begin), index, place);
    } catch (NumberFormatException e) {
      String field = line.substring(begin, end);
      throw new InvalidInputException(
          place + ": expected a number as value " + (index + 1) + ", but found '" + field + "'", e);
    }
  }

  /** The value itself, if it is neither NaN nor infinite. */
  static float finite(float value, int index, String place) {
    if (!Float.isFinite(value)) {
      throw new InvalidInputException(
          place + ": value " + (index + 1) + " is " + value + ", where a finite number is needed");
    }
    return value;
  }
}
