package org.yuqiao.backend.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSoftmaxTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 48, 1001})
  void givesTheLogarithmsOfProbabilities(int length) {
    SplittableRandom random = new SplittableRandom(length);
    float[] logits = new float[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      logits[i] = (float) (20 * random.nextGaussian());
      sum += Math.exp(logits[i]);
    }
    float[] row = logits.clone();
    LogSoftmax.of(row);
    double total = 0;
    for (int i = 0; i < length; i++) {
      assertEquals(logits[i] - Math.log(sum), row[i], 2e-5);
      total += Math.exp(row[i]);
    }
    assertEquals(1, total, 1e-5);
  }
}
