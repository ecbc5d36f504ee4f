package org.yuqiao.backend.kernel;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;

/** {@link EmbeddingLookupOp}, {@link AddPositionsOp} and their gradients, row by row. */
public final class EmbeddingKernel {
  private EmbeddingKernel() {}

  public static void lookup(Tensor[] in, Tensor result, Workspace workspace) {
    int width = in[0].width();
    int[] ids = in[1].ints();
    float[] row = workspace.lease(width);
    for (int i = 0; i < ids.length; i++) {
      in[0].read(ids[i] * width, row, 0, width);
      result.write(i * width, row, 0, width);
    }
  }

  public static void lookupBackward(Tensor[] in, Tensor table, Workspace workspace) {
    table.clear();
    int width = table.width();
    int[] ids = in[1].ints();
    float[] row = workspace.lease(width);
    float[] d = workspace.lease(width);
    for (int i = 0; i < ids.length; i++) {
      in[2].read(i * width, d, 0, width);
      table.read(ids[i] * width, row, 0, width);
      SimdMath.add(row, d, width);
      table.write(ids[i] * width, row, 0, width);
    }
  }

  public static void addPositions(Tensor[] in, Tensor y, Workspace workspace) {
    int sentence = in[0].dim(1) * in[0].width();
    float[] x = workspace.lease(sentence);
    float[] positions = workspace.lease(sentence);
    int first = Kernel.firstPosition(in, 2);
    in[1].read(first * in[0].width(), positions, 0, sentence);
    for (int at = 0; at < y.size(); at += sentence) {
      in[0].read(at, x, 0, sentence);
      SimdMath.add(x, positions, sentence);
      y.write(at, x, 0, sentence);
    }
  }

  public static void addPositionsBackward(Tensor[] in, Tensor table, Workspace workspace) {
    int sentence = in[1].dim(1) * in[1].width();
    table.clear();
    float[] total = workspace.leaseZeros(sentence);
    float[] d = workspace.lease(sentence);
    for (int at = 0; at < in[1].size(); at += sentence) {
      in[1].read(at, d, 0, sentence);
      SimdMath.add(total, d, sentence);
    }
    table.write(0, total, 0, sentence);
  }
}
