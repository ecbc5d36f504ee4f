package org.yuqiao.backend.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.RotaryOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link RotaryOp}: y = x cos + swapped(x) sin, where swapped exchanges the two columns of each
 * pair and sin is negative in the even ones.
 */
public final class RotaryKernel {
  /** Exchanges the lanes of each pair. */
  private static final VectorShuffle<Float> SWAP =
      VectorShuffle.fromOp(SimdMath.SPECIES, lane -> lane ^ 1);

  private RotaryKernel() {}

  public static void run(RotaryOp op, Tensor[] in, Tensor[] out, Workspace workspace) {
    int positions = in[0].dim(1);
    int width = in[0].width();
    int pairs = in[1].width();
    int first = Kernel.firstPosition(in, 2);
    float[] cos = workspace.leaseZeros(width);
    float[] sin = workspace.leaseZeros(width);
    float[] row = workspace.leaseZeros(width);
    for (int t = 0; t < positions; t++) {
      setAngles(in[1], first + t, pairs, op.direction(), cos, sin, width);
      for (int b = 0; b < in[0].dim(0); b++) {
        int at = (b * positions + t) * width;
        in[0].read(at, row, 0, width);
        rotate(row, cos, sin, width);
        out[0].write(at, row, 0, width);
      }
    }
  }

  /** The cosines and signed sines of position t, for the columns of all heads. */
  private static void setAngles(
      Tensor angles, int t, int pairs, int direction, float[] cos, float[] sin, int width) {
    for (int i = 0; i < pairs; i++) {
      double angle = angles.get(t * pairs + i);
      float c = (float) Math.cos(angle);
      float s = (float) (direction * Math.sin(angle));
      for (int column = 2 * i; column < width; column += 2 * pairs) {
        cos[column] = c;
        cos[column + 1] = c;
        sin[column] = -s;
        sin[column + 1] = s;
      }
    }
  }

  private static void rotate(float[] x, float[] cos, float[] sin, int width) {
    for (int i = 0; i < width; i += SimdMath.LANES) {
      FloatVector v = SimdMath.load(x, i);
      FloatVector rotated = v.rearrange(SWAP).mul(SimdMath.load(sin, i));
      v.fma(SimdMath.load(cos, i), rotated).intoArray(x, i);
    }
  }
}
