package org.yuqiao.files;

import java.nio.FloatBuffer;

/**
 * A matrix of integers of eight bits with a factor for each of its channels, which are its rows or
 * its columns: w = q s with s = max |w| / 127 over the channel and q the nearest integer, from -127
 * to 127 (Jacob et al. 2018, section 2.1, with zero point 0).
 *
 * @param shape rows and columns
 * @param values q, row-major
 * @param scales s, one a channel
 * @param axis the axis of the channels: 0 for rows, 1 for columns
 */
public record QuantizedTensor(long[] shape, byte[] values, float[] scales, int axis) {
  private static final int LARGEST = 127;

  /** Rounds {@code values} {@code [R, C]}. */
  public static QuantizedTensor of(long[] shape, FloatBuffer values, int axis) {
    int columns = (int) shape[1];
    float[] scales = new float[(int) shape[axis]];
    for (int i = 0; i < values.limit(); i++) {
      int channel = axis == 0 ? i / columns : i % columns;
      scales[channel] = Math.max(scales[channel], Math.abs(values.get(i)) / LARGEST);
    }
    byte[] rounded = new byte[values.limit()];
    for (int i = 0; i < rounded.length; i++) {
      float scale = scales[axis == 0 ? i / columns : i % columns];
      rounded[i] = scale == 0 ? 0 : (byte) Math.round(values.get(i) / scale);
    }
    return new QuantizedTensor(shape, rounded, scales, axis);
  }

  /** The transpose, whose channels are the same. */
  public QuantizedTensor transposed() {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    byte[] turned = new byte[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return new QuantizedTensor(new long[] {columns, rows}, turned, scales, 1 - axis);
  }

  /** The shape of the factors of a matrix: {@code [R, 1]} or {@code [1, C]}. */
  static long[] scaleShape(long[] shape, int axis) {
    return axis == 0 ? new long[] {shape[0], 1} : new long[] {1, shape[1]};
  }

  /** Puts q s into {@code target}, row-major. */
  void floats(FloatBuffer target) {
    int columns = (int) shape[1];
    float[] row = new float[columns];
    for (int r = 0; r < shape[0]; r++) {
      for (int c = 0; c < columns; c++) {
        row[c] = values[r * columns + c] * scales[axis == 0 ? r : c];
      }
      target.put(row);
    }
  }
}
