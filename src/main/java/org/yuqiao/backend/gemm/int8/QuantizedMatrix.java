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
 * A matrix W {@code [I, O]} whose columns are integers of eight bits and a factor for each column:
 * a quarter of the memory is read. The rows of x are rounded in the same way, so that sums are
 * exact: y_ro = (sum over i of p_ri q_io) s_r t_o + b_o with x_ri = p_ri s_r and w_io = q_io t_o.
 * What a row gets does not depend, to the last bit, on the rows beside it.
 */
public final class QuantizedMatrix implements WeightMatrix {
  private final boolean transposed;
  private final int inputs;
  private final int outputs;
  private final Layout layout;
  private final float[] scales;
  private Int8Gemm product;

  /** Makes the product with a matrix of integers, row-major {@code [I, O]}. */
  @FunctionalInterface
  interface Layout {
    Int8Gemm of(byte[] values, int inputs, int outputs);
  }

  /**
   * Lays out {@code weight}, rounded to integers.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  public QuantizedMatrix(Tensor weight, boolean transposed) {
    this(weight, transposed, layout());
  }

  public QuantizedMatrix(Tensor weight, boolean transposed, Layout layout) {
    this(rounded(weight, transposed), layout);
  }

  /** Lays out integers with a factor for each of their O columns or, transposed, rows. */
  public QuantizedMatrix(QuantizedTensor integers) {
    this(integers, layout());
  }

  private QuantizedMatrix(QuantizedTensor integers, Layout layout) {
    this.transposed = integers.axis() == 0;
    this.inputs = (int) integers.shape()[transposed ? 1 : 0];
    this.outputs = (int) integers.shape()[transposed ? 0 : 1];
    this.layout = layout;
    this.scales = new float[SimdMath.padded(outputs)];
    this.product = laidOut(integers);
  }

  private static Layout layout() {
    return Compute.here().usesVnni() ? OneDnnInt8Gemm::new : VectorInt8Gemm::new;
  }

  public static QuantizedTensor rounded(Tensor weight, boolean transposed) {
    float[] values = new float[weight.size()];
    weight.read(0, values, 0, values.length);
    return QuantizedTensor.of(weight.shape(), FloatBuffer.wrap(values), transposed ? 0 : 1);
  }

  @Override
  public void refresh(Tensor weight) {
    product = laidOut(rounded(weight, transposed));
  }

  private Int8Gemm laidOut(QuantizedTensor quantized) {
    System.arraycopy(quantized.scales(), 0, scales, 0, outputs);
    QuantizedTensor columns = transposed ? quantized.transposed() : quantized;
    return layout.of(columns.values(), inputs, outputs);
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Workspace workspace) {
    int rows = in[0].rows();
    int most = Math.min(product.mostRows(), rows);
    float[] x = workspace.array(0, (most + 3) * inputs);
    float[] bias = workspace.array(1, outputs);
    WeightMatrix.readBias(in, bias, outputs);
    float[] factors = workspace.array(2, most);
    float[] row = workspace.array(3, outputs);
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      in[0].read(first * inputs, x, 0, count * inputs);
      product.multiply(x, count, factors, y, first, workspace);
      for (int r = 0; r < count; r++) {
        y.read((first + r) * outputs, row, 0, outputs);
        finish(row, factors[r], bias);
        y.write((first + r) * outputs, row, 0, outputs);
      }
    }
  }

  /** The sums times their factors, and the bias. */
  private void finish(float[] row, float factor, float[] bias) {
    FloatVector all = SimdMath.all(factor);
    for (int c = 0; c < outputs; c += SimdMath.COUNT) {
      SimdMath.load(row, c)
          .fma(SimdMath.load(scales, c).mul(all), SimdMath.load(bias, c))
          .intoArray(row, c);
    }
  }
}
