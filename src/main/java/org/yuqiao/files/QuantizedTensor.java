package org.yuqiao.files;

import java.nio.FloatBuffer;

/**
 * An int8 matrix with a scale for each of its channels, which are its rows or its columns: w = q s
 * with s = max |w| / 127 over the channel and q the nearest integer in [-127, 127] (Jacob et al.
 * 2018, section 2.1, with zero point 0).
 *
 * @param shape rows and columns
 * @param values q, row-major
 * @param scales s, one per channel
 * @param axis the axis of the channels: 0 for rows, 1 for columns
 */
public record QuantizedTensor(long[] shape, byte[] values, float[] scales, int axis) {
  private static final int MAX_INT8 = 127;

  /** Quantizes {@code values} {@code [R, C]}. */
  public static QuantizedTensor of(long[] shape, FloatBuffer values, int axis) {
    int columns = (int) shape[1];
    float[] scales = new float[(int) shape[axis]];
    for (int i = 0; i < values.limit(); i++) {
      int channel = axis == 0 ? i / columns : i % columns;
      scales[channel] = Math.max(scales[channel], Math.abs(values.get(i)) / MAX_INT8);
    }
    byte[] quantized = new byte[values.limit()];
    for (int i = 0; i < quantized.length; i++) {
      float scale = scales[axis == 0 ? i / columns : i % columns];
      quantized[i] = scale == 0 ? 0 : (byte) Math.round(values.get(i) / scale);
    }
    return new QuantizedTensor(shape, quantized, scales, axis);
  }

  /** The transpose, with the same channels on the other axis. */
  public QuantizedTensor transposed() {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    byte[] transposed = new byte[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        transposed[c * rows + r] = values[r * columns + c];
      }
    }
    return new QuantizedTensor(new long[] {columns, rows}, transposed, scales, 1 - axis);
  }

  /** The shape of the scales of a matrix: {@code [R, 1]} or {@code [1, C]}. */
  static long[] scaleShape(long[] shape, int axis) {
    return axis == 0 ? new long[] {shape[0], 1} : new long[] {1, shape[1]};
  }

  /** Writes w = q s to {@code target}, row-major. */
  void dequantize(FloatBuffer target) {
    int columns = (int) shape[1];
    float[] row = new float[shape[0] == 0 ? 0 : columns];
    for (int r = 0; r < shape[0]; r++) {
      for (int c = 0; c < columns; c++) {
        row[c] = values[r * columns + c] * scales[axis == 0 ? r : c];
      }
      target.put(row);
    }
  }
}
