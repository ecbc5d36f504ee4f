package org.yuqiao.backend.gemm.argmax;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;


import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogitUpperBoundsTest {
  private final SplittableRandom random = new SplittableRandom(8);
  private final Workspace scratch = new Workspace();

  @BeforeEach
  void needsIntegers() {
    assumeTrue(LogitUpperBounds.areUsed(), "no AVX-512 VNNI here, or oneDNN is not used");
  }

  /** Some of a wide range, some with one element that dwarfs the others, some 0. */
  private float[] vectors(int count, int width) {
    float[] values = new float[count * width];
    for (int v = 0; v < count; v++) {
      double size = v % 7 == 0 ? 0 : Math.exp(random.nextDouble(-8, 8));
      for (int i = v * width; i < (v + 1) * width; i++) {
        values[i] = (float) (size * random.nextGaussian());
      }
      values[v * width + random.nextInt(width)] *= v % 5 == 0 ? 50 : 1;
    }
    return values;
  }

  /** One block of columns and several; columns that fill the last group and that do not. */
  @ParameterizedTest
  @CsvSource({"20,256,8000", "9,16,128", "3,40,1", "33,512,2100", "1,7,300"})
  void noProductIsAboveTheBoundOfItsGroup(int rows, int inputs, int outputs) {
    float[] x = vectors(rows, inputs);
    float[] w = vectors(outputs, inputs);
    float[] bias = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      bias[o] = (float) (1e4 * random.nextGaussian());
    }
    assertBounds(x, w, bias, inputs);
  }

  /** Rows that are what they are rounded to, and find the errors of a column all with one sign. */
  @Test
  void rowsThatAddUpTheErrorsOfAColumnStayBelowItsBound() {
    int inputs = 100;
    int outputs = 50;
    float[] w = vectors(outputs, inputs);
    QuantizedTensor integers =
        QuantizedTensor.of(new long[] {outputs, inputs}, FloatBuffer.wrap(w), 0);
    float[] x = new float[w.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = w[i] > integers.values()[i] * integers.scales()[i / inputs] ? 1 : -1;
    }
    assertBounds(x, w, new float[outputs], inputs);
  }

  private void assertBounds(float[] x, float[] w, float[] bias, int inputs) {
    int rows = x.length / inputs;
    int outputs = bias.length;
    LogitUpperBounds bounds = new LogitUpperBounds(inputs, outputs);
    QuantizedTensor integers =
        QuantizedTensor.of(new long[] {outputs, inputs}, FloatBuffer.wrap(w), 0);
    Tensor columns = Tensor.floats(Tensor.Block.allocate(w.length), integers.shape());
    columns.write(0, w, 0, w.length);
    bounds.fill(integers, bias, ColumnErrors.of(columns, integers));
    float[] greatest = new float[rows * bounds.groups()];
    bounds.find(x, rows, greatest, scratch);
    int seen = 0;
    for (int r = 0; r < rows; r++) {
      for (int g = 0; g < bounds.groups(); g++) {
        float bound = greatest[r * bounds.groups() + g];
        int last = bounds.endColumn(g);
        for (int c = bounds.firstColumn(g); c < last; c += SimdMath.COUNT, seen++) {
          double product = bias[c];
          for (int i = 0; i < inputs; i++) {
            product += (double) x[r * inputs + i] * w[c * inputs + i];
          }
          assertTrue(product <= bound, r + ", " + c + ": " + product + " above " + bound);
        }
      }
    }
    assertEquals(rows * outputs, seen, "each column is in one group");
  }
}
