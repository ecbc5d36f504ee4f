package org.yuqiao.backend.gemm.int8;

import java.nio.FloatBuffer;
import jdk.incubator.vector.FloatVector;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.gemm.WeightMatrix;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;

/**
 * An int8 weight matrix W {@code [I, O]} with a scale per column, a quarter of the memory of
 * float32.
 *
 * <p>The rows of x are quantized too, so that sums are exact: y_ro = (sum over i of p_ri q_io) s_r
 * t_o + b_o with x_ri = p_ri s_r and w_io = q_io t_o. A row's result is the same to the last bit
 * whatever rows are computed with it.
 */
public final class QuantizedMatrix implements WeightMatrix {
  private final boolean transposed;
  private final int inputs;
  private final int outputs;
  private final Layout layout;
  private final float[] scales;
  private Int8Gemm gemm;

  /** Lays out an int8 matrix, row-major {@code [I, O]}. */
  @FunctionalInterface
  interface Layout {
    Int8Gemm of(byte[] values, int inputs, int outputs);
  }

  /**
   * Quantizes and lays out {@code weight}.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  public QuantizedMatrix(Tensor weight, boolean transposed) {
    this(weight, transposed, layout());
  }

  QuantizedMatrix(Tensor weight, boolean transposed, Layout layout) {
    this(quantized(weight, transposed), layout);
  }

  /** Lays out int8 values with a scale for each of their O columns or, transposed, rows. */
  public QuantizedMatrix(QuantizedTensor quantized) {
    this(quantized, layout());
  }

  private QuantizedMatrix(QuantizedTensor quantized, Layout layout) {
    this.transposed = quantized.axis() == 0;
    this.inputs = (int) quantized.shape()[transposed ? 1 : 0];
    this.outputs = (int) quantized.shape()[transposed ? 0 : 1];
    this.layout = layout;
    this.scales = new float[SimdMath.padded(outputs)];
    this.gemm = laidOut(quantized);
  }

  private static Layout layout() {
    return Compute.here().usesVnni() ? OneDnnInt8Gemm::new : VectorInt8Gemm::new;
  }

  private static QuantizedTensor quantized(Tensor weight, boolean transposed) {
    float[] values = new float[weight.size()];
    weight.read(0, values, 0, values.length);
    return QuantizedTensor.of(weight.shape(), FloatBuffer.wrap(values), transposed ? 0 : 1);
  }

  @Override
  public void refresh(Tensor weight) {
    gemm = laidOut(quantized(weight, transposed));
  }

  private Int8Gemm laidOut(QuantizedTensor quantized) {
    System.arraycopy(quantized.scales(), 0, scales, 0, outputs);
    QuantizedTensor columns = transposed ? quantized.transposed() : quantized;
    return layout.of(columns.values(), inputs, outputs);
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Workspace workspace) {
    int rows = in[0].rows();
    int maxRows = Math.min(gemm.maxRows(), rows);
    float[] x = workspace.lease((maxRows + 3) * inputs);
    float[] bias = workspace.lease(outputs);
    WeightMatrix.readBias(in, bias, outputs);
    float[] rowScales = workspace.lease(maxRows);
    for (int first = 0; first < rows; first += maxRows) {
      int from = first;
      int count = Math.min(maxRows, rows - first);
      in[0].read(first * inputs, x, 0, count * inputs);
      gemm.multiply(
          x,
          count,
          rowScales,
          workspace,
          (row, column, sums, width) -> {
            finish(sums, column, width, rowScales[row], bias);
            y.write((from + row) * outputs + column, sums, 0, width);
          });
    }
  }

  /** Multiplies the sums from {@code column} on by their scales and adds the bias. */
  private void finish(float[] sums, int column, int count, float rowScale, float[] bias) {
    FloatVector scale = SimdMath.broadcast(rowScale);
    for (int c = 0; c < count; c += SimdMath.LANES) {
      SimdMath.load(sums, c)
          .fma(SimdMath.load(scales, column + c).mul(scale), SimdMath.load(bias, column + c))
          .intoArray(sums, c);
    }
  }
}
