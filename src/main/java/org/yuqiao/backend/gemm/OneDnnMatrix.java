package org.yuqiao.backend.gemm;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.yuqiao.backend.tensor.AddressPointer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * A float32 weight matrix W {@code [I, O]} laid out for oneDNN, which reads x and writes y in
 * native memory. A row's result is the same to the last bit whatever rows are computed with it.
 */
public final class OneDnnMatrix implements WeightMatrix {
  private final boolean transposed;
  private final OneDnnWeights weights;
  private final FloatPointer zeros;

  /**
   * Lays out {@code weight}.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  public OneDnnMatrix(Tensor weight, boolean transposed) {
    this.transposed = transposed;
    int inputs = weight.dim(transposed ? 1 : 0);
    int outputs = weight.dim(transposed ? 0 : 1);
    this.weights = OneDnnWeights.of(inputs, outputs, memory.data_type.f32);
    this.zeros = new FloatPointer(new float[outputs]);
    refresh(weight);
  }

  @Override
  public void refresh(Tensor weight) {
    weights.fill(new AddressPointer().at(weight.address(0)), transposed);
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Workspace workspace) {
    int rows = in[0].rows();
    long bias = in.length == 3 ? in[2].address(0) : zeros.address();
    for (int first = 0; first < rows; first += OneDnnMatmulCache.MAX_ROWS) {
      int count = Math.min(OneDnnMatmulCache.MAX_ROWS, rows - first);
      long from = in[0].address((long) first * weights.inputs());
      long to = y.address((long) first * weights.outputs());
      workspace.oneDnn().multiply(weights, count, from, bias, to);
    }
  }
}
