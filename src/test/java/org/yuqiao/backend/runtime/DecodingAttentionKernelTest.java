package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.random;
import static org.yuqiao.backend.tensor.TensorFixtures.values;
import static org.yuqiao.backend.tensor.TensorFixtures.zeros;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.DecodingAttentionKernel;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

class DecodingAttentionKernelTest {
  private static final double SCALE = 0.3;

  private final SplittableRandom random = new SplittableRandom(3);
  private final Workspace workspace = new Workspace();

  /** Heads of one vector, of several, and of no whole number of them. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,1,2,17", "2,4,4,7", "2,3,1,33"})
  void scoresAndContextAreThoseOfTheirDefinition(int b, int t, int heads, int s) {
    for (int headWidth : new int[] {SimdMath.LANES, 3 * SimdMath.LANES, 5}) {
      int width = heads * headWidth;
      Tensor q = random(random, b, t, width);
      Tensor k = random(random, b, s, width);
      Tensor scores = zeros(b, heads, t, s);
      workspace.releaseTo(0);
      DecodingAttentionKernel.scores(heads, SCALE, new Tensor[] {q, k}, scores, workspace);
      Tensor weights = random(random, b, heads, t, s);
      Tensor context = zeros(b, t, width);
      workspace.releaseTo(0);
      DecodingAttentionKernel.context(new Tensor[] {weights, k}, context, workspace);
      for (int i = 0; i < b * t; i++) {
        for (int c = 0; c < width; c++) {
          double expected = 0;
          for (int j = 0; j < s; j++) {
            int key = i / t * s + j;
            int pair = ((i / t * heads + c / headWidth) * t + i % t) * s + j;
            expected += (double) weights.get(pair) * k.get(key * width + c);
            if (c % headWidth == 0) {
              assertEquals(
                  scaledDotProduct(q, k, i * width + c, key * width + c, headWidth),
                  scores.get(pair),
                  1e-5);
            }
          }
          assertEquals(expected, context.get(i * width + c), 1e-5);
        }
      }
    }
  }

  private static double scaledDotProduct(Tensor a, Tensor b, int atA, int atB, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) a.get(atA + i) * b.get(atB + i);
    }
    return SCALE * sum;
  }

  @Test
  void aSentenceGetsTheSameToTheLastBitWhateverIsBesideAndBehindIt() {
    int width = 2 * SimdMath.LANES;
    Tensor q = random(random, 3, 1, width);
    Tensor k = random(random, 3, 9, width);
    Tensor all = zeros(3, 2, 1, 9);
    workspace.releaseTo(0);
    DecodingAttentionKernel.scores(2, SCALE, new Tensor[] {q, k}, all, workspace);
    Tensor one = zeros(1, 1, width);
    one.write(0, values(q, width, width), 0, width);
    Tensor short1 = zeros(1, 7, width);
    short1.write(0, values(k, 9 * width, 7 * width), 0, 7 * width);
    Tensor alone = zeros(1, 2, 1, 7);
    workspace.releaseTo(0);
    DecodingAttentionKernel.scores(2, SCALE, new Tensor[] {one, short1}, alone, workspace);
    assertArrayEquals(values(all, 2 * 9, 7), values(alone, 0, 7));

    float[] weights = values(alone, 0, 14);
    Tensor few = zeros(1, 2, 1, 7);
    few.write(0, weights, 0, 14);
    Tensor padded = zeros(3, 2, 1, 9);
    padded.write(18, Arrays.copyOfRange(weights, 0, 7), 0, 7);
    padded.write(27, Arrays.copyOfRange(weights, 7, 14), 0, 7);
    Tensor contextAlone = zeros(1, 1, width);
    Tensor contextBeside = zeros(3, 1, width);
    workspace.releaseTo(0);
    DecodingAttentionKernel.context(new Tensor[] {few, short1}, contextAlone, workspace);
    workspace.releaseTo(0);
    DecodingAttentionKernel.context(new Tensor[] {padded, k}, contextBeside, workspace);
    assertArrayEquals(values(contextBeside, width, width), values(contextAlone, 0, width));
  }
}
