package org.yuqiao.backend.gemm.argmax;

import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;



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
  static ColumnErrors of(Tensor columns, QuantizedTensor integers) {
    int outputs = columns.rows();
    int inputs = columns.width();
    float[] column = new float[inputs];
    float[] lengths = new float[outputs];
    float[] distances = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double length = 0;
      double distance = 0;
      columns.read(o * inputs, column, 0, inputs);
      for (int i = 0; i < inputs; i++) {
        double rounded = (double) integers.values()[o * inputs + i] * integers.scales()[o];
        double error = column[i] - rounded;
        length += (double) column[i] * column[i];
        distance += error * error;
      }
      lengths[o] = (float) Math.sqrt(length);
      distances[o] = (float) Math.sqrt(distance);
    }
    return new ColumnErrors(lengths, distances);
  }
}
