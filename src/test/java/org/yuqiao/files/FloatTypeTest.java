package org.yuqiao.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTypeTest {
  private static float float32(FloatType type, int bits) {
    ByteBuffer value = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    return type.toFloat32(value.putShort(0, (short) bits)).getFloat();
  }

  /** IEEE 754-2008, table 3.5 and the examples of section 3.4. */
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x0001, 5.9604645E-8",
    "0x03FF, 6.097555E-5",
    "0x0400, 6.1035156E-5",
    "0x3555, 0.33325195",
    "0x3C00, 1",
    "0xC000, -2",
    "0x7BFF, 65504"
  })
  void halvesAreWidenedExactly(String bits, float value) {
    assertEquals(value, float32(FloatType.F16, Integer.decode(bits)));
  }

  @ParameterizedTest
  @CsvSource({"0x7C00, Infinity", "0xFC00, -Infinity"})
  void infinityStaysInfinity(String bits, float value) {
    assertEquals(value, float32(FloatType.F16, Integer.decode(bits)));
    assertTrue(Float.isNaN(float32(FloatType.F16, 0x7E00)));
  }

  @ParameterizedTest
  @CsvSource({"0x3F80, 1", "0xC0A0, -5", "0x0000, 0"})
  void bfloat16IsTheUpperHalfOfFloat32(String bits, float value) {
    assertEquals(value, float32(FloatType.BF16, Integer.decode(bits)));
  }
}
