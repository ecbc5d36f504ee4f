package org.yuqiao.backend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory of one thread for rows of integers that oneDNN multiplies, and for the sums. */
final class IntegerRows {
  private byte[] bytes = {};
  private BytePointer rows = new BytePointer();
  private ByteBuffer rowBuffer = ByteBuffer.allocate(0);
  private FloatPointer sums = new FloatPointer();
  private FloatBuffer sumBuffer = FloatBuffer.allocate(0);

  /** Multiplies {@code count} rows of {@code q} with {@code weights}; the sums stay here. */
  void multiply(float[] q, int count, OneDnnWeights weights, OneDnnProducts products) {
    int size = count * weights.inputs();
    reserve(size, count * weights.outputs());
    RowQuantiser.toBytes(q, size, bytes);
    rowBuffer.put(0, bytes, 0, size);
    products.multiply(weights, count, rows.address(), 0, sums.address());
  }

  /** Copies {@code count} sums of the last product, from {@code first} on. */
  void read(int first, float[] target, int count) {
    sumBuffer.get(first, target, 0, count);
  }

  private void reserve(int rowSize, int sumSize) {
    if (rowSize > bytes.length) {
      bytes = new byte[rowSize];
      rows = new BytePointer(rowSize);
      rowBuffer = rows.asByteBuffer();
    }
    if (sumSize > sumBuffer.capacity()) {
      sums = new FloatPointer(sumSize);
      sumBuffer = sums.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }
}
