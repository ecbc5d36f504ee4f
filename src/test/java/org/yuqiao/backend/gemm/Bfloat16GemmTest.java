package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.compute.ComputeLevel;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.compute.RequiredLevel;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.backend.tensor.TensorFixtures;

/** Matmuls of bfloat16 inputs against float64 sums over inputs rounded bit by bit. */
class Bfloat16GemmTest {
  /** Tokens: whole blocks of 32 and some more. */
  private static final int TOKENS = 331;

  private static final int INPUTS = 131;
  private static final int OUTPUTS = 117;

  private final SplittableRandom random = new SplittableRandom(7);
  private Workspace workspace;

  @BeforeEach
  void requireInstructions() {
    RequiredLevel.require(ComputeLevel.BF16);
    workspace = new Workspace(MatmulPrecision.BFLOAT16);
  }

  /** The nearest bfloat16, to even: the upper half of the bits of a float32. */
  private static double rounded(float x) {
    int bits = Float.floatToRawIntBits(x);
    int half = 0x7fff + (bits >>> 16 & 1);
    return Float.intBitsToFloat(bits + half & 0xffff0000);
  }

  private static double at(Tensor x, boolean transposed, int row, int column) {
    return transposed ? x.get(column * x.width() + row) : x.get(row * x.width() + column);
  }

  private Tensor matrix(int rows, int columns) {
    return TensorFixtures.random(random, rows, columns);
  }

  private static NativeMatrix of(Tensor x, boolean transposed) {
    NativeMatrix matrix = NativeMatrix.of(x);
    return transposed ? matrix.transpose() : matrix;
  }

  /**
   * y = x W and dx = dy W' leave some rows over, wide ones in blocks of rows; dW = x' dy and dW' =
   * dy' x sum over tokens.
   */
  @ParameterizedTest
  @CsvSource({
    "331, 117, 131, false, false, 0",
    "331, 117, 131, false, true, 1",
    "131, 117, 331, true, false, 0",
    "131, 117, 331, true, false, 1",
    "20, 1031, 231, false, false, 0",
    "171, 2051, 32, false, true, 0",
    "171, 2051, 32, false, false, 1",
  })
  void elementsAreSumsOfProductsOfRoundedInputs(
      int m, int n, int k, boolean aTransposed, boolean bTransposed, int beta) {
    Tensor a = aTransposed ? matrix(k, m) : matrix(m, k);
    Tensor b = bTransposed ? matrix(n, k) : matrix(k, n);
    Tensor c = matrix(m, n);
    float[] before = new float[c.size()];
    if (beta == 0) {
      Arrays.fill(before, Float.NaN); // What was there must not be read.
      c.write(0, before, 0, before.length);
    }
    c.read(0, before, 0, before.length);
    workspace.gemm().multiplyLarge(of(a, aTransposed), of(b, bTransposed), of(c, false), beta);
    int exactRows = aTransposed ? 0 : m % 32;
    for (int i = 0; i < m; i++) {
      boolean exact = i >= m - exactRows;
      for (int j = 0; j < n; j++) {
        double sum = beta == 0 ? 0 : before[i * n + j];
        for (int l = 0; l < k; l++) {
          float x = (float) at(a, aTransposed, i, l);
          float y = (float) at(b, bTransposed, l, j);
          sum += exact ? (double) x * y : rounded(x) * rounded(y);
        }
        assertEquals(sum, c.get(i * n + j), 1e-4);
      }
    }
  }

  @Test
  void theSameMatmulGivesTheSameBits() {
    Tensor x = matrix(TOKENS, INPUTS);
    Tensor w = matrix(INPUTS, OUTPUTS);
    Tensor first = matrix(TOKENS, OUTPUTS);
    Tensor second = matrix(TOKENS, OUTPUTS);
    workspace.gemm().multiplyLarge(of(x, false), of(w, false), of(first, false), 0);
    // Another size in between leaves other values in the buffers.
    workspace
        .gemm()
        .multiplyLarge(
            of(matrix(999, INPUTS), false), of(w, false), of(matrix(999, OUTPUTS), false), 0);
    new Workspace(MatmulPrecision.BFLOAT16)
        .gemm()
        .multiplyLarge(of(x, false), of(w, false), of(second, false), 0);
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i), second.get(i));
    }
  }

  @Test
  void smallMatmulsAndThoseWithAMarginStayExact() {
    Tensor x = matrix(TOKENS, INPUTS);
    Tensor w = matrix(INPUTS, OUTPUTS);
    NativeMatrix narrow = new NativeMatrix(x.address(0), TOKENS, INPUTS - 1, INPUTS);
    NativeMatrix weight = of(w, false);
    NativeMatrix y = of(matrix(TOKENS, OUTPUTS), false);
    assertTrue(Bfloat16Gemm.suits(of(x, false), weight, y));
    assertFalse(Bfloat16Gemm.suits(narrow, of(matrix(INPUTS - 1, OUTPUTS), false), y));
    assertFalse(
        Bfloat16Gemm.suits(of(matrix(50, INPUTS), false), weight, of(matrix(50, OUTPUTS), false)));
  }
}
