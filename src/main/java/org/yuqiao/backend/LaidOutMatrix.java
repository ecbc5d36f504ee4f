package org.yuqiao.backend;

/** A matrix W {@code [I, O]} of a model, laid out for products with few rows. */
interface LaidOutMatrix {
  /** Lays the matrix out anew, after its elements have changed. */
  void refresh();

  /** y = x W + b with in = (x, W, b), or y = x W with in = (x, W). */
  void multiply(Tensor[] in, Tensor y, Scratch scratch);
}
