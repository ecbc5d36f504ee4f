package org.yuqiao.backend.gemm;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.AddressPointer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * What a thread needs to run kernels: heap arrays that rows are copied into, worked on with the
 * Vector API, and copied back from. Native memory is not read directly because the incubating API
 * for that differs between Java 17 and later ones, while that for float arrays does not; the copies
 * stay within the first-level cache.
 */
public final class Workspace {
  /** Rows are taken together until they have about this many elements. */
  public static final int TILE = 2048;

  private final float[][] arrays = new float[16][TILE];
  private int[] integers = {};
  private Tensor.Block block = Tensor.Block.NONE;
  private final Int8RowBuffer integerRows = new Int8RowBuffer();
  private Optional<OneDnnMatmulCache> products = Optional.empty();
  private final AddressPointer a = new AddressPointer();
  private final AddressPointer b = new AddressPointer();
  private final AddressPointer c = new AddressPointer();

  /**
   * Heap array number {@code index}, with room for {@code length} elements and a whole vector more;
   * content unknown.
   */
  public float[] array(int index, int length) {
    int needed = length + SimdMath.COUNT;
    if (arrays[index].length < needed) {
      arrays[index] = new float[Math.max(needed, TILE)];
    }
    return arrays[index];
  }

  /**
   * Heap array number {@code index}, its first {@code length} elements (and a vector more) set to
   * 0.
   */
  public float[] cleared(int index, int length) {
    float[] array = array(index, length);
    Arrays.fill(array, 0, length + SimdMath.COUNT, 0f);
    return array;
  }

  /** An array of whole numbers with room for {@code length}; content unknown. */
  public int[] ints(int length) {
    if (integers.length < length) {
      integers = new int[length];
    }
    return integers;
  }

  /** A matrix in native memory, content unknown, until the next one is asked for. */
  public Tensor tensor(int rows, int width) {
    if (block.capacity() < rows * width) {
      block = Tensor.Block.allocate(rows * width);
    }
    return Tensor.floats(block, new long[] {rows, width});
  }

  /** This thread's rows of integers. */
  public Int8RowBuffer integerRows() {
    return integerRows;
  }

  /** This thread's products with matrices that oneDNN has laid out. */
  public OneDnnMatmulCache oneDnn() {
    if (products.isEmpty()) {
      products = Optional.of(new OneDnnMatmulCache());
    }
    return products.get();
  }

  /**
   * C = alpha op(A) op(B) + beta C, all row-major, op being the transpose where asked (BLAS level
   * 3, sgemm).
   *
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A)
   */
  public void multiply(
      Matrix left, Matrix right, Matrix result, int m, int n, int k, float alpha, float beta) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        left.transposed() ? openblas.CblasTrans : openblas.CblasNoTrans,
        right.transposed() ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        alpha,
        a.at(left.address()),
        left.stride(),
        b.at(right.address()),
        right.stride(),
        beta,
        c.at(result.address()),
        result.stride());
  }

  /** The same with alpha = 1, by oneDNN where that is faster. */
  public void multiplyLarge(
      Matrix left, Matrix right, Matrix result, int m, int n, int k, float beta) {
    if (OneDnn.suits(m, n, k)) {
      OneDnn.multiply(operand(a, left), operand(b, right), operand(c, result), m, n, k, beta);
    } else {
      multiply(left, right, result, m, n, k, 1, beta);
    }
  }

  private static OneDnn.Operand operand(AddressPointer pointer, Matrix matrix) {
    return new OneDnn.Operand(pointer.at(matrix.address()), matrix.stride(), matrix.transposed());
  }

  /**
   * A matrix in native memory.
   *
   * @param address of its first element
   * @param stride elements from a row to the next
   * @param transposed whether the product takes its transpose
   */
  public record Matrix(long address, int stride, boolean transposed) {
    public static Matrix of(long address, int stride) {
      return new Matrix(address, stride, false);
    }

    public static Matrix transposed(long address, int stride) {
      return new Matrix(address, stride, true);
    }
  }
}
