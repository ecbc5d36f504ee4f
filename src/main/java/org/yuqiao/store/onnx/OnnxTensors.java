package org.yuqiao.store.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Constants as {@code TensorProto} messages: little-endian bytes. */
final class OnnxTensors {
  /** {@code TensorProto.DataType}. */
  static final int FLOAT = 1;

  static final int INT64 = 7;

  private OnnxTensors() {}

  /** A float32 tensor, or one of int64. */
  static Message of(String name, INDArray array) {
    INDArray ordered = array.dup('c');
    boolean isFloat = array.dataType() == DataType.FLOAT;
    ByteBuffer bytes = buffer(array.length() * (isFloat ? Float.BYTES : Long.BYTES));
    if (isFloat) {
      bytes.asFloatBuffer().put(ordered.data().asFloat());
    } else {
      bytes.asLongBuffer().put(ordered.data().asLong());
    }
    return tensor(name, isFloat ? FLOAT : INT64, bytes, array.shape());
  }

  /** An int64 vector, or a number if {@code rank} is 0. */
  static Message ofIntegers(String name, int rank, long... numbers) {
    ByteBuffer bytes = buffer((long) numbers.length * Long.BYTES);
    bytes.asLongBuffer().put(numbers);
    return tensor(name, INT64, bytes, rank == 0 ? new long[0] : new long[] {numbers.length});
  }

  /** A float32 number. */
  static Message ofNumber(String name, float number) {
    ByteBuffer bytes = buffer(Float.BYTES);
    bytes.putFloat(0, number);
    return tensor(name, FLOAT, bytes);
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Message tensor(String name, int type, ByteBuffer bytes, long... shape) {
    Message tensor = new Message();
    for (long length : shape) {
      tensor.integer(1, length);
    }
    return tensor.integer(2, type).text(8, name).bytes(9, ByteString.copyFrom(bytes));
  }
}
