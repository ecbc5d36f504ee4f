package org.yuqiao.backend;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;

/** Native memory of one thread for rows of integers that oneDNN multiplies. */
final class IntegerRows {
  private byte[] bytes = {};
  private BytePointer rows = new BytePointer();
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /**
   * Rounds {@code count} rows of {@code x}, {@code width} numbers each.
   *
   * @param factors takes the factor of each row
   * @return where the integers are, until the next call
   */
  long round(float[] x, int count, int width, float[] factors) {
    int size = count * width;
    if (size > bytes.length) {
      bytes = new byte[size];
      rows = new BytePointer(size);
      buffer = rows.asByteBuffer();
    }
    for (int r = 0; r < count; r++) {
      factors[r] = RowQuantiser.toBytes(x, r * width, width, bytes);
    }
    buffer.put(0, bytes, 0, size);
    return rows.address();
  }
}
