package org.yuqiao.backend.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StateCacheTest {
  private static final int WIDTH = 3;

  /** Element (row, position, column) of a cache that was filled by {@link #number}. */
  private static double number(int row, int position, int column) {
    return 1 + 10000 * row + 10 * position + column;
  }

  private static StateCache filled(DataType type, int rows, int positions) {
    StateCache cache = new StateCache(List.of("k", "v"), WIDTH, type);
    cache.reset(rows, positions);
    INDArray values = Nd4j.zeros(type, rows, positions, WIDTH);
    for (int r = 0; r < rows; r++) {
      for (int p = 0; p < positions; p++) {
        for (int c = 0; c < WIDTH; c++) {
          values.putScalar(new int[] {r, p, c}, number(r, p, c));
        }
      }
    }
    cache.fill("k", values);
    cache.fill("v", values.neg());
    return cache;
  }

  private static void assertRows(StateCache cache, int[] rows, int positions) {
    assertEquals(rows.length, cache.rows());
    for (String name : List.of("k", "v")) {
      INDArray array = cache.array(name);
      int sign = name.equals("k") ? 1 : -1;
      for (int r = 0; r < rows.length; r++) {
        for (int p = 0; p < positions; p++) {
          for (int c = 0; c < WIDTH; c++) {
            String place = name + " " + r + " " + p + " " + c;
            assertEquals(sign * number(rows[r], p, c), array.getDouble(r, p, c), 0, place);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void rowsStayGoDoubleAndChangePlaces(DataType type) {
    int[][] choices = {
      {0, 1, 2, 3}, {0, 0, 0, 1, 1, 1}, {3, 1}, {2, 1, 0, 3}, {1, 1, 3, 3}, {0}, {2, 3, 3, 0, 1}
    };
    for (int[] rows : choices) {
      try (StateCache cache = filled(type, 4, 5)) {
        cache.select(rows, 5);
        assertRows(cache, rows, 5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void whatIsThereStaysWhenRoomIsMadeAndTheRestIsZero(DataType type) {
    try (StateCache cache = filled(type, 3, 5)) {
      cache.reserve(6);
      assertEquals(16, cache.capacity());
      cache.reserve(17);
      assertEquals(32, cache.capacity());
      assertRows(cache, new int[] {0, 1, 2}, 5);
      INDArray keys = cache.array("k");
      for (int p = 5; p < 32; p++) {
        assertEquals(0, keys.getDouble(1, p, 2));
      }
      cache.select(new int[] {2, 2, 1, 0}, 5);
      assertRows(cache, new int[] {2, 2, 1, 0}, 5);
      cache.reset(2, 4);
      assertEquals(0, cache.array("v").norm1Number().doubleValue());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void manyRandomSelectionsInARowLoseNothing(DataType type) {
    SplittableRandom random = new SplittableRandom(6);
    int[] rows = {0, 1, 2, 3};
    try (StateCache cache = filled(type, 4, 2)) {
      for (int i = 0; i < 50; i++) {
        int[] before = rows;
        int[] from = random.ints(1 + random.nextInt(6), 0, before.length).toArray();
        rows = Arrays.stream(from).map(row -> before[row]).toArray();
        cache.select(from, 2);
        cache.reserve(2 + i);
        assertRows(cache, rows, 2);
      }
    }
  }
}
