package org.yuqiao.backend.gemm.int8;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.gemm.PackedMatrix;
import org.yuqiao.backend.gemm.PanelGemm;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.RowQuantizer;
import org.yuqiao.backend.simd.SimdMath;

/**
 * int8 matmuls with the Vector API, for machines without VNNI or oneDNN: the matrix is stored as
 * bytes, in panels like those of {@link PackedMatrix}, and multiplied as float32. A sum of 1,024
 * int8 by int8 terms stays below 2^24, where float32 is exact; longer ones are added up from such
 * pieces.
 *
 * <p>The loops are those of {@link PanelGemm} with a conversion in the middle, which cannot be
 * passed in: behind an interface the JIT compiler would allocate an object for every vector.
 */
final class VectorInt8Gemm implements Int8Gemm {
  private static final int PANEL = PanelGemm.WIDTH;
  private static final int ROWS = 4;
  private static final int EXACT_TERMS = 1024;

  private final int inputs;
  private final int outputs;
  private final byte[] panels;

  /** Lays out {@code values}, row-major {@code [I, O]}. */
  VectorInt8Gemm(byte[] values, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.panels = new byte[(outputs + PANEL - 1) / PANEL * PANEL * inputs];
    for (int i = 0; i < inputs; i++) {
      for (int c = 0; c < outputs; c += PANEL) {
        int count = Math.min(PANEL, outputs - c);
        System.arraycopy(values, i * outputs + c, panels, c * inputs + i * PANEL, count);
      }
    }
  }

  @Override
  public int maxRows() {
    return ROWS;
  }

  @Override
  public void multiply(float[] x, int rows, float[] scales, Workspace workspace, Sums sums) {
    for (int r = 0; r < rows; r++) {
      scales[r] = RowQuantizer.quantizeInPlace(x, r * inputs, inputs);
    }
    int leases = workspace.leases();
    float[] all = workspace.lease(rows * outputs);
    float[] tile = workspace.lease(ROWS * PANEL);
    int[] exact = new int[ROWS * PANEL];
    for (int column = 0; column < outputs; column += PANEL) {
      multiplyPanel(x, rows, column * inputs, tile, exact);
      int width = Math.min(PANEL, outputs - column);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < width; c++) {
          all[r * outputs + column + c] = exact[r * PANEL + c];
        }
      }
    }
    float[] row = workspace.lease(outputs);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(all, r * outputs, row, 0, outputs);
      sums.take(r, 0, row, outputs);
    }
    workspace.releaseTo(leases);
  }

  /** The sums of the columns of a panel, into rows of {@code exact}. */
  private void multiplyPanel(float[] q, int rows, int panel, float[] tile, int[] exact) {
    Arrays.fill(exact, 0);
    for (int from = 0; from < inputs; from += EXACT_TERMS) {
      int to = Math.min(inputs, from + EXACT_TERMS);
      if (rows == 1) {
        one(q, from, to, panel, tile);
      } else {
        four(q, from, to, panel, tile);
      }
      for (int i = 0; i < rows * PANEL; i++) {
        exact[i] += (int) tile[i];
      }
    }
  }

  private void one(float[] q, int from, int to, int panel, float[] tile) {
    FloatVector a0 = SimdMath.broadcast(0f);
    FloatVector b0 = a0;
    for (int i = from, p = panel + from * PANEL; i < to; i++, p += PANEL) {
      FloatVector q0 = SimdMath.broadcast(q[i]);
      a0 = SimdMath.load(panels, p).fma(q0, a0);
      b0 = SimdMath.load(panels, p + SimdMath.LANES).fma(q0, b0);
    }
    PanelGemm.store(a0, b0, tile, 0);
  }

  private void four(float[] q, int from, int to, int panel, float[] tile) {
    FloatVector a0 = SimdMath.broadcast(0f);
    FloatVector b0 = a0;
    FloatVector a1 = a0;
    FloatVector b1 = a0;
    FloatVector a2 = a0;
    FloatVector b2 = a0;
    FloatVector a3 = a0;
    FloatVector b3 = a0;
    for (int i = from, p = panel + from * PANEL; i < to; i++, p += PANEL) {
      FloatVector a = SimdMath.load(panels, p);
      FloatVector b = SimdMath.load(panels, p + SimdMath.LANES);
      FloatVector q0 = SimdMath.broadcast(q[i]);
      a0 = a.fma(q0, a0);
      b0 = b.fma(q0, b0);
      FloatVector q1 = SimdMath.broadcast(q[i + inputs]);
      a1 = a.fma(q1, a1);
      b1 = b.fma(q1, b1);
      FloatVector q2 = SimdMath.broadcast(q[i + 2 * inputs]);
      a2 = a.fma(q2, a2);
      b2 = b.fma(q2, b2);
      FloatVector q3 = SimdMath.broadcast(q[i + 3 * inputs]);
      a3 = a.fma(q3, a3);
      b3 = b.fma(q3, b3);
    }
    PanelGemm.store(a0, b0, tile, 0);
    PanelGemm.store(a1, b1, tile, PANEL);
    PanelGemm.store(a2, b2, tile, 2 * PANEL);
    PanelGemm.store(a3, b3, tile, 3 * PANEL);
  }
}
