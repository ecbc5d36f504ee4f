package org.yuqiao.backend.kernel.recurrent;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.recurrent.SsruOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link SsruOp} and its gradient: position by position, without a GEMM between them. */
public final class SsruKernel {
  private SsruKernel() {}

  /** in = x, f (, c before); out = c. */
  public static void forward(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = out[0].width();
    int length = out[0].dim(1);
    float[] x = workspace.lease(SimdMath.padded(width));
    float[] forget = workspace.lease(SimdMath.padded(width));
    float[] state = workspace.lease(SimdMath.padded(width));
    for (int b = 0; b < out[0].dim(0); b++) {
      if (in.length > 2) {
        in[2].read(b * width, state, 0, width);
      } else {
        Arrays.fill(state, 0f);
      }
      for (int t = 0; t < length; t++) {
        int at = (b * length + t) * width;
        in[0].read(at, x, 0, width);
        in[1].read(at, forget, 0, width);
        for (int i = 0; i < width; i += SimdMath.LANES) {
          FloatVector value = SimdMath.load(x, i);
          FloatVector gate = SimdMath.sigmoid(SimdMath.load(forget, i));
          SimdMath.load(state, i).sub(value).mul(gate).add(value).intoArray(state, i);
        }
        out[0].write(at, state, 0, width);
      }
    }
  }

  /** in = x, f, c, dc; out = dx, df. */
  public static void backward(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[0].width();
    int length = in[0].dim(1);
    float[] x = workspace.lease(SimdMath.padded(width));
    float[] forget = workspace.lease(SimdMath.padded(width));
    float[] before = workspace.lease(SimdMath.padded(width));
    float[] gradient = workspace.lease(SimdMath.padded(width));
    float[] later = workspace.lease(SimdMath.padded(width));
    for (int b = 0; b < in[0].dim(0); b++) {
      Arrays.fill(later, 0f);
      for (int t = length - 1; t >= 0; t--) {
        int at = (b * length + t) * width;
        in[0].read(at, x, 0, width);
        in[1].read(at, forget, 0, width);
        in[3].read(at, gradient, 0, width);
        if (t > 0) {
          in[2].read(at - width, before, 0, width);
        } else {
          Arrays.fill(before, 0f);
        }
        stepBackward(x, forget, before, gradient, later, width);
        out[0].write(at, x, 0, width);
        out[1].write(at, forget, 0, width);
      }
    }
  }

  /** Replaces x and f by their gradients, and {@code later} by that of the state before. */
  private static void stepBackward(
      float[] x, float[] forget, float[] before, float[] gradient, float[] later, int width) {
    for (int i = 0; i < width; i += SimdMath.LANES) {
      FloatVector gate = SimdMath.sigmoid(SimdMath.load(forget, i));
      FloatVector rest = gate.neg().add(1f);
      FloatVector whole = SimdMath.load(gradient, i).add(SimdMath.load(later, i));
      FloatVector change = SimdMath.load(before, i).sub(SimdMath.load(x, i));
      whole.mul(rest).intoArray(x, i);
      change.mul(whole).mul(gate).mul(rest).intoArray(forget, i);
      whole.mul(gate).intoArray(later, i);
    }
  }
}
