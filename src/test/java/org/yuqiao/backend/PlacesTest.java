package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void theNumbersOfFlagsThatAreSetComeInOrder() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 200; trial++) {
      byte[] flags = new byte[100];
      double share = random.nextDouble();
      IntStream.range(0, 100).forEach(i -> flags[i] = (byte) (random.nextDouble() < share ? 1 : 0));
      int from = random.nextInt(100);
      int to = random.nextInt(from, 101);
      int[] expected = IntStream.range(from, to).filter(i -> flags[i] == 1).toArray();
      int[] found = new int[110 + Places.ROOM];
      int end = Places.of(flags, from, to, found, 10);
      assertEquals(10 + expected.length, end);
      assertArrayEquals(expected, Arrays.copyOfRange(found, 10, end));
    }
  }
}
