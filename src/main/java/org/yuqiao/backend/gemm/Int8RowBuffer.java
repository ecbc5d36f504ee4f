package org.yuqiao.backend.gemm;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.yuqiao.backend.simd.RowQuantizer;

/** Native memory of one thread for int8 rows that oneDNN multiplies. */
public final class Int8RowBuffer {
  private byte[] bytes = {};
  private BytePointer pointer = new BytePointer();
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /**
   * Quantizes {@code count} rows of {@code x}, {@code width} elements each.
   *
   * @param scales takes the scale of each row
   * @return the address of the int8 rows, valid until the next call
   */
  public long quantize(float[] x, int count, int width, float[] scales) {
    int size = count * width;
    if (size > bytes.length) {
      bytes = new byte[size];
      pointer = new BytePointer(size);
      buffer = pointer.asByteBuffer();
    }
    for (int r = 0; r < count; r++) {
      scales[r] = RowQuantizer.quantize(x, r * width, width, bytes);
    }
    buffer.put(0, bytes, 0, size);
    return pointer.address();
  }
}
