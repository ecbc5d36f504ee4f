package org.yuqiao.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PositionalEncodingTest {
  @Test
  void theTableIsThatOfThePaper() {
    INDArray table = PositionalEncoding.table(5, 4);
    assertEquals(0, table.getDouble(0, 0), 1e-12);
    assertEquals(1, table.getDouble(0, 1), 1e-12);
    assertEquals(Math.sin(3), table.getDouble(3, 0), 1e-12);
    assertEquals(Math.cos(3), table.getDouble(3, 1), 1e-12);
    // 10000^(2/4) = 100
    assertEquals(Math.sin(0.03), table.getDouble(3, 2), 1e-12);
    assertEquals(Math.cos(0.03), table.getDouble(3, 3), 1e-12);
  }
}
