package org.yuqiao.backend.gemm;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.yuqiao.backend.simd.RowQuantizer;

/** Native memory of one thread for rows of integers that oneDNN multiplies. */
public final class Int8RowBuffer {
  private byte[] bytes = {};
  private BytePointer rows = new BytePointer();
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /**
   * Rounds {@code count} rows of {@code x}, {@code width} numbers each.
   *
   * @param factors takes the factor of each row
   * @return where the integers are, until the next call
   */
  public long round(float[] x, int count, int width, float[] factors) {
    int size = count * width;
    if (size > bytes.length) {
      bytes = new byte[size];
      rows = new BytePointer(size);
      buffer = rows.asByteBuffer();
    }
    for (int r = 0; r < count; r++) {
      factors[r] = RowQuantizer.toBytes(x, r * width, width, bytes);
    }
    buffer.put(0, bytes, 0, size);
    return rows.address();
  }
}
