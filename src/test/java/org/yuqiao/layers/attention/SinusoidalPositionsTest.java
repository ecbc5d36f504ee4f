package org.yuqiao.layers.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class SinusoidalPositionsTest {
  @Test
  void theTableIsThatOfThePaper() {
    INDArray table = SinusoidalPositions.table(5, 4);
    assertEquals(0, table.getDouble(0, 0), 1e-12);
    assertEquals(1, table.getDouble(0, 1), 1e-12);
    assertEquals(Math.sin(3), table.getDouble(3, 0), 1e-12);
    assertEquals(Math.cos(3), table.getDouble(3, 1), 1e-12);
    // 10000^(2/4) = 100
    assertEquals(Math.sin(0.03), table.getDouble(3, 2), 1e-12);
    assertEquals(Math.cos(0.03), table.getDouble(3, 3), 1e-12);
  }

  @Test
  void theEncodingOfALaterPositionIsARotationOfAnEarlierOne() {
    int width = 6;
    double[][] table = SinusoidalPositions.table(40, width).toDoubleMatrix();
    for (int k : new int[] {1, 3, 20}) {
      for (int position = 0; position + k < table.length; position++) {
        for (int i = 0; i < width / 2; i++) {
          // The angle depends on the distance k alone, not on the position.
          double angle = k / Math.pow(10000, 2.0 * i / width);
          double sin = table[position][2 * i];
          double cos = table[position][2 * i + 1];
          double turnedSin = sin * Math.cos(angle) + cos * Math.sin(angle);
          double turnedCos = cos * Math.cos(angle) - sin * Math.sin(angle);
          assertEquals(turnedSin, table[position + k][2 * i], 1e-12);
          assertEquals(turnedCos, table[position + k][2 * i + 1], 1e-12);
        }
      }
    }
  }
}
