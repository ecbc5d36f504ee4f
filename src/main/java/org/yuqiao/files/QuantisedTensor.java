package org.yuqiao.files;

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
public record QuantisedTensor(long[] shape, byte[] values, float[] scales, int axis) {
  private static final int LARGEST = 127;

  /** Rounds {@code values} {@code [R, C]}. */
  public static QuantisedTensor of(long[] shape, float[] values, int axis) {
    int columns = (int) shape[1];
    float[] scales = new float[(int) shape[axis]];
    for (int i = 0; i < values.length; i++) {
      int channel = axis == 0 ? i / columns : i % columns;
      scales[channel] = Math.max(scales[channel], Math.abs(values[i]) / LARGEST);
    }
    byte[] rounded = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float scale = scales[axis == 0 ? i / columns : i % columns];
      rounded[i] = scale == 0 ? 0 : (byte) Math.round(values[i] / scale);
    }
    return new QuantisedTensor(shape, rounded, scales, axis);
  }

  /** The shape of the factors beside the values: {@code [R, 1]} or {@code [1, C]}. */
  long[] scaleShape() {
    return axis == 0 ? new long[] {shape[0], 1} : new long[] {1, shape[1]};
  }

  /** q s. */
  public SafeTensors.Tensor floats() {
    int columns = (int) shape[1];
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i] * scales[axis == 0 ? i / columns : i % columns];
    }
    return new SafeTensors.Tensor(shape, floats);
  }
}
