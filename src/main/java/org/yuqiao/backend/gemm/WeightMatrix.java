package org.yuqiao.backend.gemm;

import java.util.Arrays;
import org.yuqiao.backend.tensor.Tensor;

/** A weight matrix W {@code [I, O]}, laid out for matmuls with few rows. */
public interface WeightMatrix {
  /** Lays the matrix out again with the elements of {@code weight}. */
  void refresh(Tensor weight);

  /** y = x W + b with in = (x, W, b), or y = x W with in = (x, W). */
  void multiply(Tensor[] in, Tensor y, Workspace workspace);

  /** Copies b {@code [outputs]} into {@code bias}, or zeros where there is none. */
  static void readBias(Tensor[] in, float[] bias, int outputs) {
    if (in.length == 3) {
      in[2].read(0, bias, 0, outputs);
    } else {
      Arrays.fill(bias, 0, outputs, 0f);
    }
  }
}
