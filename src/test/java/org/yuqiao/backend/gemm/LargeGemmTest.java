package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.compute.ComputeLevel;
import org.yuqiao.backend.compute.RequiredLevel;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.backend.tensor.TensorFixtures;

/** Matmuls large enough for oneDNN, where it is used, against sums in float64. */
class LargeGemmTest {
  private static final int M = 131;
  private static final int N = 97;
  private static final int K = 83;

  /** Columns in memory that do not belong to a matrix. */
  private static final int MARGIN = 3;

  private final SplittableRandom random = new SplittableRandom(5);
  private final Workspace workspace = new Workspace();

  private Tensor matrix(int rows, int columns) {
    return TensorFixtures.random(random, rows, columns + MARGIN);
  }

  private static NativeMatrix withoutMargin(Tensor x, boolean isTransposed) {
    NativeMatrix matrix = new NativeMatrix(x.address(0), x.rows(), x.width() - MARGIN, x.width());
    return isTransposed ? matrix.transpose() : matrix;
  }

  private static double at(Tensor matrix, boolean transposed, int row, int column) {
    return transposed
        ? matrix.get(column * matrix.width() + row)
        : matrix.get(row * matrix.width() + column);
  }

  @ParameterizedTest
  @CsvSource({"false, false, 0", "false, true, 0", "true, false, 0", "true, true, 1"})
  void elementsAreSumsOfProducts(boolean leftTransposed, boolean rightTransposed, int beta) {
    Tensor a = leftTransposed ? matrix(K, M) : matrix(M, K);
    Tensor b = rightTransposed ? matrix(N, K) : matrix(K, N);
    Tensor c = matrix(M, N);
    float[] before = new float[c.size()];
    if (beta == 0) {
      Arrays.fill(before, Float.NaN); // What was there must not be read.
      c.write(0, before, 0, before.length);
    }
    c.read(0, before, 0, before.length);
    workspace
        .gemm()
        .multiplyLarge(
            withoutMargin(a, leftTransposed),
            withoutMargin(b, rightTransposed),
            withoutMargin(c, false),
            beta);
    for (int i = 0; i < M; i++) {
      for (int j = 0; j < N; j++) {
        double sum = beta == 0 ? 0 : before[i * c.width() + j];
        for (int l = 0; l < K; l++) {
          sum += at(a, leftTransposed, i, l) * at(b, rightTransposed, l, j);
        }
        assertEquals(sum, c.get(i * c.width() + j), 1e-4);
      }
      for (int j = N; j < c.width(); j++) {
        assertEquals(before[i * c.width() + j], c.get(i * c.width() + j));
      }
    }
  }

  @Test
  void smallMatmulsAreLeftToOpenBlas() {
    RequiredLevel.require(ComputeLevel.ONEDNN);
    assertTrue(OneDnn.suits(M, N, K));
    assertEquals(false, OneDnn.suits(20, 20, 64));
  }
}
