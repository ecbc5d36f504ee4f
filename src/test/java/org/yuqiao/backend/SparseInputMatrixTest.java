package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseInputMatrixTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final Scratch scratch = new Scratch();
  private int layouts;

  private static Tensor zeros(int rows, int columns) {
    return Tensor.floats(Tensor.Block.allocate(rows * columns), new long[] {rows, columns});
  }

  /** Numbers of which about {@code share} are above 0 and the others 0, as ReLU leaves them. */
  private Tensor rectified(int rows, int columns, double share) {
    Tensor tensor = zeros(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      boolean isPositive = random.nextDouble() < share;
      tensor.put(i, isPositive ? (float) random.nextDouble(0.01, 2) : 0);
    }
    return tensor;
  }

  private Tensor gaussian(int rows, int columns) {
    Tensor tensor = zeros(rows, columns);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.put(i, (float) random.nextGaussian());
    }
    return tensor;
  }

  private static float[] elements(Tensor tensor) {
    float[] elements = new float[tensor.size()];
    tensor.read(0, elements, 0, elements.length);
    return elements;
  }

  private SparseInputMatrix matrix(LaidOutMatrix dense, SummationOrder order, Tensor w) {
    return new SparseInputMatrix(
        dense,
        order,
        () -> {
          layouts++;
          return new SparseProduct(w, order);
        });
  }

  private void requireTheSameBits(LaidOutMatrix dense, Tensor w) {
    SummationOrder order = dense.order(w).orElseThrow();
    LaidOutMatrix matrix = matrix(dense, order, w);
    Tensor bias = gaussian(1, w.width());
    for (int rows : new int[] {1, 3, 4, 64, 150}) {
      for (double share : new double[] {0, 0.03, 0.08, 0.5}) {
        Tensor x = rectified(rows, w.rows(), share);
        for (Tensor[] in : new Tensor[][] {{x, w, bias}, {x, w}}) {
          Tensor expected = zeros(rows, w.width());
          Tensor actual = zeros(rows, w.width());
          dense.multiply(in, expected, scratch);
          matrix.multiply(in, actual, scratch);
          assertArrayEquals(elements(expected), elements(actual), rows + " rows, " + share);
        }
      }
    }
    assertTrue(layouts > 0, "the sparse product was used");
  }

  @ParameterizedTest
  @CsvSource({"1024,256", "100,300", "33,17", "7,1"})
  void productsInJavaAreTheSameToTheLastBit(int inputs, int outputs) {
    Tensor w = gaussian(inputs, outputs);
    requireTheSameBits(new PackedMatrix(w, false), w);
  }

  /** The second matrices of feed-forward networks; oneDNN adds those of 1,024 in two pieces. */
  @ParameterizedTest
  @CsvSource({"256,64", "512,128", "1024,256", "2048,512", "2048,256", "96,40"})
  void productsByOneDnnAreTheSameToTheLastBit(int inputs, int outputs) {
    assumeTrue(OneDnnWeights.areUsed(), "no AVX-512 here, or oneDNN is not used");
    Tensor w = gaussian(inputs, outputs);
    requireTheSameBits(new OneDnnMatrix(w, false), w);
  }

  @Test
  void anOrderOfAdditionIsToldFromOthersByBits() {
    Tensor x = gaussian(1, 64);
    Tensor w = gaussian(64, 20);
    for (int piece : new int[] {64, 32, 16}) {
      SummationOrder order = new SummationOrder(piece, false);
      Tensor y = zeros(1, 20);
      SparseRows rows = new SparseRows();
      assertTrue(rows.take(x, 0, 1, order, 64, scratch));
      new SparseProduct(w, order).multiply(rows, new float[64], y, 0, 1, scratch);
      for (int other : new int[] {64, 32, 16}) {
        assertEquals(other == piece, new SummationOrder(other, false).explains(x, w, y, 20));
      }
    }
  }

  @Test
  void aMatrixOfManyRowsThatAreHalfFullIsNotLaidOutTwice() {
    Tensor w = gaussian(64, 32);
    LaidOutMatrix dense = new PackedMatrix(w, false);
    LaidOutMatrix matrix = matrix(dense, dense.order(w).orElseThrow(), w);
    matrix.multiply(new Tensor[] {rectified(30, 64, 0.5), w}, zeros(30, 32), scratch);
    assertEquals(0, layouts);
  }

  @Test
  void weightsThatChangedAreLaidOutAnew() {
    Tensor w = gaussian(40, 20);
    LaidOutMatrix dense = new PackedMatrix(w, false);
    LaidOutMatrix matrix = matrix(dense, dense.order(w).orElseThrow(), w);
    Tensor[] in = {rectified(1, 40, 0.3), w};
    Tensor before = zeros(1, 20);
    matrix.multiply(in, before, scratch);
    w.write(0, elements(gaussian(40, 20)), 0, w.size());
    matrix.refresh(w);
    Tensor expected = zeros(1, 20);
    dense.multiply(in, expected, scratch);
    Tensor after = zeros(1, 20);
    matrix.multiply(in, after, scratch);
    assertArrayEquals(elements(expected), elements(after));
    assertFalse(Arrays.equals(elements(before), elements(after)));
  }

  @Test
  void aTransposedMatrixHasNoOrderToFollow() {
    Tensor w = gaussian(20, 40);
    assertEquals(Optional.empty(), new PackedMatrix(w, true).order(w));
  }

  @Test
  void weightsOfZeroDoNotTellAnOrder() {
    assumeTrue(OneDnnWeights.areUsed(), "no AVX-512 here, or oneDNN is not used");
    Tensor w = zeros(64, 32);
    w.write(0, new float[w.size()], 0, w.size());
    assertEquals(Optional.empty(), new OneDnnMatrix(w, false).order(w));
  }
}
