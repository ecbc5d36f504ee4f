package org.yuqiao.backend.gemm;

import java.util.Arrays;
import org.yuqiao.backend.tensor.Tensor;

/** A matrix W {@code [I, O]} of a model, laid out for products with few rows. */
public interface WeightMatrix {
  /** Lays the matrix out anew, after its elements have become those of {@code weight}. */
  void refresh(Tensor weight);

  /** y = x W + b with in = (x, W, b), or y = x W with in = (x, W). */
  void multiply(Tensor[] in, Tensor y, Workspace workspace);

  /** Copies b, {@code outputs} numbers, into {@code bias}: zeros where there is none. */
  static void readBias(Tensor[] in, float[] bias, int outputs) {
    if (in.length == 3) {
      in[2].read(0, bias, 0, outputs);
    } else {
      Arrays.fill(bias, 0, outputs, 0f);
    }
  }
}
