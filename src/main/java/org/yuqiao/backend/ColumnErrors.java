package org.yuqiao.backend;

import org.yuqiao.files.QuantisedTensor;

/**
 * How long columns w are, and how far from the integers w' that stand for them.
 *
 * @param lengths |w|, 0 where the integers are what is meant
 * @param distances |w - w'|
 */
record ColumnErrors(float[] lengths, float[] distances) {
  /** The integers are the columns. */
  static ColumnErrors none(int columns) {
    return new ColumnErrors(new float[columns], new float[columns]);
  }

  /** Of the columns that are the rows of {@code columns} {@code [O, I]}. */
  static ColumnErrors of(float[] columns, QuantisedTensor integers) {
    int outputs = (int) integers.shape()[0];
    int inputs = (int) integers.shape()[1];
    float[] lengths = new float[outputs];
    float[] distances = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double length = 0;
      double distance = 0;
      for (int at = o * inputs; at < (o + 1) * inputs; at++) {
        double error = columns[at] - (double) integers.values()[at] * integers.scales()[o];
        length += (double) columns[at] * columns[at];
        distance += error * error;
      }
      lengths[o] = (float) Math.sqrt(length);
      distances[o] = (float) Math.sqrt(distance);
    }
    return new ColumnErrors(lengths, distances);
  }
}
