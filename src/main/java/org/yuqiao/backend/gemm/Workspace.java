package org.yuqiao.backend.gemm;

import java.util.Arrays;
import java.util.Optional;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The working memory and native calls of one thread: leased heap buffers, BLAS, oneDNN matmuls.
 *
 * <p>Rows are copied into a buffer, worked on with the Vector API, and copied back. Native memory
 * is not read directly because the incubating API for that differs between Java 17 and later ones,
 * while that for float arrays does not; the copies stay within the first-level cache.
 *
 * <p>Buffers are leased like frames of a stack: no two leases share memory until they are released,
 * which the session does before each kernel. A kernel that leases in a loop releases in that loop.
 */
public final class Workspace {
  /** Rows are taken together until they have about this many elements. */
  public static final int TILE = 2048;

  private static final int MAX_LEASES = 32;

  private final float[][] buffers = new float[MAX_LEASES][0];
  private int leases;
  private final Sgemm gemm;
  private final Int8RowBuffer int8Rows = new Int8RowBuffer();
  private Tensor.Block nativeRows = Tensor.Block.NONE;
  private Optional<OneDnnMatmulCache> oneDnn = Optional.empty();

  /** Matmuls in float32. */
  public Workspace() {
    this(MatmulPrecision.FLOAT32);
  }

  /** Large matmuls with inputs of that precision. */
  public Workspace(MatmulPrecision precision) {
    this.gemm = new Sgemm(precision);
  }

  /**
   * A buffer for {@code length} elements and one vector more, content unknown.
   *
   * @throws IllegalStateException when all buffers are leased: a kernel leases in a loop without
   *     releasing
   */
  public float[] lease(int length) {
    if (leases == MAX_LEASES) {
      throw new IllegalStateException("all " + MAX_LEASES + " buffers are leased");
    }
    int needed = length + SimdMath.LANES;
    if (buffers[leases].length < needed) {
      buffers[leases] = new float[Math.max(needed, TILE)];
    }
    return buffers[leases++];
  }

  /** The same, the first {@code length} elements and one vector more set to 0. */
  public float[] leaseZeros(int length) {
    float[] buffer = lease(length);
    Arrays.fill(buffer, 0, length + SimdMath.LANES, 0f);
    return buffer;
  }

  /** The number of buffers leased now. */
  public int leases() {
    return leases;
  }

  /** Releases all but the first {@code kept} leases: 0 for all, or an earlier {@link #leases}. */
  public void releaseTo(int kept) {
    if (kept > leases) {
      throw new IllegalStateException(kept + " leases to keep, but only " + leases + " are there");
    }
    leases = kept;
  }

  /** Matmuls of float32 matrices in native memory. */
  public Sgemm gemm() {
    return gemm;
  }

  /** This thread's rows of int8 values. */
  public Int8RowBuffer int8Rows() {
    return int8Rows;
  }

  /** This thread's rows of float32 values in native memory, content unknown until written. */
  public Tensor nativeRows(int rows, int width) {
    if (nativeRows.capacity() < rows * width) {
      nativeRows = Tensor.Block.allocate(rows * width);
    }
    return Tensor.floats(nativeRows, new long[] {rows, width});
  }

  /** This thread's matmuls with weights that oneDNN has laid out. */
  public OneDnnMatmulCache oneDnn() {
    if (oneDnn.isEmpty()) {
      oneDnn = Optional.of(new OneDnnMatmulCache());
    }
    return oneDnn.get();
  }
}
