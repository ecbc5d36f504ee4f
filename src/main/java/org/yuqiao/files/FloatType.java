package org.yuqiao.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;

/** A floating-point type of stored tensors, little-endian. */
public enum FloatType {
  F32(Float.BYTES),
  F16(Short.BYTES),
  BF16(Short.BYTES),
  F64(Double.BYTES);

  private static final int HALF_EXPONENT = 0x1F;
  private static final int HALF_MANTISSA = 0x3FF;

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of an element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The type with the name {@code name}, as {@code BF16}. */
  static Optional<FloatType> of(String name) {
    return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The remaining elements of {@code values} as float32, ready to be read. */
  public ByteBuffer toFloat32(ByteBuffer values) {
    if (this == F32) {
      return values;
    }
    int count = values.remaining() / bytes;
    ByteBuffer floats = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      floats.putFloat(
          switch (this) {
            case F16 -> half(values.getShort());
            case BF16 -> Float.intBitsToFloat(values.getShort() << 16);
            case F64 -> (float) values.getDouble();
            case F32 -> values.getFloat();
          });
    }
    return floats.flip();
  }

  /** IEEE 754 binary16: 1 bit of sign, 5 of exponent with bias 15, 10 of mantissa. */
  private static float half(short bits) {
    int exponent = bits >> 10 & HALF_EXPONENT;
    int mantissa = bits & HALF_MANTISSA;
    float magnitude =
        exponent == HALF_EXPONENT
            ? (mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
            : exponent == 0
                ? Math.scalb((float) mantissa, -24)
                : Math.scalb((float) (mantissa + HALF_MANTISSA + 1), exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }
}
