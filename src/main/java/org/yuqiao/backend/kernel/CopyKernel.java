package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.op.JoinOp;
import org.yuqiao.backend.op.RelativeEncodingsOp;
import org.yuqiao.backend.op.recurrent.FinalStatesOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Ops that only copy rows: {@link JoinOp}, {@link FinalStatesOp}, {@link CacheAppendOp}, {@link
 * RelativeEncodingsOp}.
 */
public final class CopyKernel {
  private CopyKernel() {}

  public static void join(Tensor[] in, Tensor[] out, Workspace workspace) {
    int left = in[0].width();
    int right = in[1].width();
    float[] row = workspace.lease(left + right);
    for (int r = 0; r < out[0].rows(); r++) {
      in[0].read(r * left, row, 0, left);
      in[1].read(r * right, row, left, right);
      out[0].write(r * (left + right), row, 0, left + right);
    }
  }

  public static void joinBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    int left = out[0].width();
    int right = out[1].width();
    float[] row = workspace.lease(left + right);
    for (int r = 0; r < in[2].rows(); r++) {
      in[2].read(r * (left + right), row, 0, left + right);
      out[0].write(r * left, row, 0, left);
      out[1].write(r * right, row, left, right);
    }
  }

  public static void finalStates(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[0].width();
    int half = width / 2;
    int length = in[0].dim(1);
    float[] row = workspace.lease(width);
    for (int b = 0; b < in[0].dim(0); b++) {
      in[0].read((b * length + length - 1) * width, row, 0, half);
      in[0].read(b * length * width + half, row, half, half);
      out[0].write(b * width, row, 0, width);
    }
  }

  public static void finalStatesBackward(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = in[0].width();
    int half = width / 2;
    int length = in[0].dim(1);
    out[0].clear();
    float[] row = workspace.lease(width);
    for (int b = 0; b < in[0].dim(0); b++) {
      in[1].read(b * width, row, 0, width);
      out[0].write((b * length + length - 1) * width, row, 0, half);
      out[0].write(b * length * width + half, row, half, half);
    }
  }

  public static void cacheAppend(Tensor[] in, Tensor[] out, Workspace workspace) {
    Tensor cache = out[0];
    int added = in[1].dim(1) * in[1].width();
    int position = in[2].ints()[0];
    float[] rows = workspace.lease(added);
    for (int b = 0; b < cache.dim(0); b++) {
      in[1].read(b * added, rows, 0, added);
      cache.write((b * cache.dim(1) + position) * cache.width(), rows, 0, added);
    }
  }

  public static void relativeEncodings(Tensor[] in, Tensor[] out, Workspace workspace) {
    int width = out[0].width();
    int from = (in[0].dim(0) - out[0].dim(0)) / 2;
    float[] row = workspace.lease(width);
    for (int i = 0; i < out[0].dim(0); i++) {
      in[0].read((from + i) * width, row, 0, width);
      out[0].write(i * width, row, 0, width);
    }
  }
}
