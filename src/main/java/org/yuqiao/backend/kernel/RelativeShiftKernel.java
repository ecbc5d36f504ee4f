package org.yuqiao.backend.kernel;

import java.util.Arrays;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.op.RelativePositionBiasOp;
import org.yuqiao.backend.op.RelativePositions;
import org.yuqiao.backend.op.RelativeShiftOp;
import org.yuqiao.backend.op.RelativeWeightsOp;
import org.yuqiao.backend.tensor.Tensor;

/**
 * {@link RelativeShiftOp}, {@link RelativeWeightsOp}, {@link RelativePositionBiasOp} and their
 * gradients. The relative positions of a query's keys are consecutive, clipped at both ends.
 */
public final class RelativeShiftKernel {
  private RelativeShiftKernel() {}

  /** The index of row t of head h and sentence b in {@code [H, B, T, N]}. */
  private static int relativeRow(Tensor x, int b, int h, int t) {
    return ((h * x.dim(1) + b) * x.dim(2) + t) * x.width();
  }

  public static void shift(Tensor[] in, Tensor result, Workspace workspace) {
    shift(in[0], true, in[1], Kernel.firstPosition(in, 2), result, workspace);
  }

  public static void collapseBackward(Tensor[] in, Tensor result, Workspace workspace) {
    shift(in[0], false, in[1], 0, result, workspace);
  }

  private static void shift(
      Tensor scores,
      boolean addsScores,
      Tensor relative,
      int first,
      Tensor result,
      Workspace workspace) {
    int keys = scores.width();
    int columns = relative.width();
    float[] row = workspace.leaseZeros(keys);
    float[] source = workspace.lease(columns);
    RelativePositions positions = new RelativePositions(scores.shape(), columns, first);
    int at = 0;
    for (int b = 0; b < scores.dim(0); b++) {
      for (int h = 0; h < scores.dim(1); h++) {
        for (int t = 0; t < scores.dim(2); t++, at += keys) {
          if (addsScores) {
            scores.read(at, row, 0, keys);
          } else {
            Arrays.fill(row, 0, keys, 0f);
          }
          relative.read(relativeRow(relative, b, h, t), source, 0, columns);
          addByPosition(positions, positions.position(t), source, row, keys);
          result.write(at, row, 0, keys);
        }
      }
    }
  }

  private static void addByPosition(
      RelativePositions positions, int p, float[] source, float[] row, int keys) {
    int from = positions.from(p);
    int to = positions.to(p);
    int shift = positions.max() - p;
    for (int s = 0; s < from; s++) {
      row[s] += source[0];
    }
    for (int s = from; s < to; s++) {
      row[s] += source[s + shift];
    }
    float last = source[2 * positions.max()];
    for (int s = to; s < keys; s++) {
      row[s] += last;
    }
  }

  public static void collapse(Tensor[] in, int first, Tensor result, Workspace workspace) {
    Tensor weights = in[0];
    int keys = weights.width();
    int columns = result.width();
    float[] row = workspace.lease(keys);
    float[] sums = workspace.lease(columns);
    RelativePositions positions = new RelativePositions(weights.shape(), columns, first);
    int at = 0;
    for (int b = 0; b < weights.dim(0); b++) {
      for (int h = 0; h < weights.dim(1); h++) {
        for (int t = 0; t < weights.dim(2); t++, at += keys) {
          weights.read(at, row, 0, keys);
          Arrays.fill(sums, 0, columns, 0f);
          sumByPosition(positions, positions.position(t), row, keys, sums);
          result.write(relativeRow(result, b, h, t), sums, 0, columns);
        }
      }
    }
  }

  private static void sumByPosition(
      RelativePositions positions, int p, float[] row, int keys, float[] sums) {
    int from = positions.from(p);
    int to = positions.to(p);
    int shift = positions.max() - p;
    for (int s = 0; s < from; s++) {
      sums[0] += row[s];
    }
    for (int s = from; s < to; s++) {
      sums[s + shift] += row[s];
    }
    for (int s = to; s < keys; s++) {
      sums[2 * positions.max()] += row[s];
    }
  }

  /** Adds column h of a table {@code [N, H]} by relative position to the scores of head h. */
  public static void bias(Tensor[] in, Tensor result, Workspace workspace) {
    Tensor scores = in[0];
    int heads = scores.dim(1);
    int keys = scores.width();
    int columns = in[1].size() / heads;
    float[] row = workspace.leaseZeros(keys);
    float[] table = workspace.lease(in[1].size());
    float[] headRows = workspace.lease(in[1].size());
    in[1].read(0, table, 0, in[1].size());
    transpose(table, headRows, columns, heads);
    float[] bias = workspace.lease(columns);
    RelativePositions positions =
        new RelativePositions(scores.shape(), columns, Kernel.firstPosition(in, 2));
    int at = 0;
    for (int b = 0; b < scores.dim(0); b++) {
      for (int h = 0; h < heads; h++) {
        System.arraycopy(headRows, h * columns, bias, 0, columns);
        for (int t = 0; t < scores.dim(2); t++, at += keys) {
          scores.read(at, row, 0, keys);
          addByPosition(positions, positions.position(t), bias, row, keys);
          result.write(at, row, 0, keys);
        }
      }
    }
  }

  private static void transpose(float[] from, float[] to, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[c * rows + r] = from[r * columns + c];
      }
    }
  }

  /** The sums of dscores over sentences and queries, by relative position and head. */
  public static void biasBackward(Tensor[] in, Tensor result, Workspace workspace) {
    Tensor d = in[0];
    int heads = d.dim(1);
    int keys = d.width();
    int columns = result.size() / heads;
    float[] row = workspace.lease(keys);
    float[] table = workspace.lease(result.size());
    float[] headRows = workspace.leaseZeros(result.size());
    float[] sums = workspace.lease(columns);
    RelativePositions positions = new RelativePositions(d.shape(), columns, 0);
    int at = 0;
    for (int b = 0; b < d.dim(0); b++) {
      for (int h = 0; h < heads; h++) {
        System.arraycopy(headRows, h * columns, sums, 0, columns);
        for (int t = 0; t < d.dim(2); t++, at += keys) {
          d.read(at, row, 0, keys);
          sumByPosition(positions, positions.position(t), row, keys, sums);
        }
        System.arraycopy(sums, 0, headRows, h * columns, columns);
      }
    }
    transpose(headRows, table, heads, columns);
    result.write(0, table, 0, result.size());
  }
}
