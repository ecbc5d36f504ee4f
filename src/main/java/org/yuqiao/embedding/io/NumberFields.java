package org.yuqiao.embedding.io;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import org.yuqiao.files.InvalidInputException;

/** Parses the separated numbers of a line. */
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
   * Reads at most {@code room} numbers into {@code values}, beginning at {@code at}, and returns
   * the count of numbers in the line. Trailing separators, as word2vec.c writes them, are ignored.
   *
   * @throws InvalidInputException when a field is not a finite number; the message begins with
   *     {@code place}
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

  /** The number in a range of characters; the parser agrees with the JDK's and is faster. */
  private float number(int begin, int end, int index, String place) {
    try {
      return finite(JavaFloatParser.parseFloat(line, begin, end - begin), index, place);
    } catch (NumberFormatException e) {
      String field = line.substring(begin, end);
      throw new InvalidInputException(
          place + ": expected a number as value " + (index + 1) + ", but found '" + field + "'", e);
    }
  }

  /** Returns the value, or rejects NaN and infinity. */
  static float finite(float value, int index, String place) {
    if (!Float.isFinite(value)) {
      throw new InvalidInputException(
          place + ": value " + (index + 1) + " is " + value + ", where a finite number is needed");
    }
    return value;
  }
}
