package org.yuqiao.store.ctranslate2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/**
 * A variable of a CTranslate2 model.
 *
 * @param type of its elements
 * @param shape without axes for a scalar
 * @param values its elements, little-endian; computed when they are written
 */
record SpecVariable(Type type, int[] shape, Supplier<byte[]> values) {
  /** The element types. */
  enum Type {
    FLOAT32(0, 4),
    INT8(1, 1),
    INT16(2, 2),
    INT32(3, 4);

    private final int id;
    private final int bytes;

    Type(int id, int bytes) {
      this.id = id;
      this.bytes = bytes;
    }

    /** Its number in a file. */
    int id() {
      return id;
    }
  }

  static SpecVariable floats(Supplier<float[]> values, int... shape) {
    return new SpecVariable(Type.FLOAT32, shape, () -> littleEndian(values.get()));
  }

  static SpecVariable flag(boolean value) {
    return int8(value ? 1 : 0);
  }

  static SpecVariable int8(int value) {
    return new SpecVariable(Type.INT8, new int[0], () -> new byte[] {(byte) value});
  }

  static SpecVariable int16(int value) {
    return new SpecVariable(
        Type.INT16, new int[0], () -> buffer(Short.BYTES).putShort((short) value).array());
  }

  static SpecVariable int32(int value) {
    return new SpecVariable(
        Type.INT32, new int[0], () -> buffer(Integer.BYTES).putInt(value).array());
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] littleEndian(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** Its size in a file. */
  int bytes() {
    int elements = 1;
    for (int axis : shape) {
      elements *= axis;
    }
    return elements * type.bytes;
  }
}
