package org.yuqiao.backend.gemm.argmax;

import org.yuqiao.backend.gemm.int8.QuantizedMatrix;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;


import java.util.function.Supplier;

/**
 * A matrix W {@code [I, O]} and a vector b, of whose products with a row only the greatest is
 * wanted. Shared by all threads.
 */
public final class PrunedOutputLayer {
  private final LogitUpperBounds bounds;
  private Supplier<SingleLogit> exact;

  /** A matrix of floats, whose columns are the rows of {@code columns} {@code [O, I]}. */
  public PrunedOutputLayer(Tensor columns, float[] bias) {
    this.bounds = new LogitUpperBounds(columns.width(), columns.rows());
    refresh(columns, bias);
  }

  /** A matrix of integers, whose columns are the rows of {@code columns} {@code [O, I]}. */
  public PrunedOutputLayer(QuantizedTensor columns, float[] bias) {
    this.bounds = new LogitUpperBounds((int) columns.shape()[1], (int) columns.shape()[0]);
    this.exact = () -> SingleLogit.ofIntegers(columns, bias);
    bounds.fill(columns, bias, ColumnErrors.none(bias.length));
  }

  /** Takes floats over that have changed; nobody may be using the matrix. */
  public void refresh(Tensor columns, float[] bias) {
    QuantizedTensor integers = QuantizedMatrix.rounded(columns, true);
    bounds.fill(integers, bias, ColumnErrors.of(columns, integers));
    exact = () -> SingleLogit.ofFloats(columns, bias);
  }

  public LogitUpperBounds bounds() {
    return bounds;
  }

  /** Products with single columns, as they are now; for one thread. */
  public SingleLogit exact() {
    return exact.get();
  }
}
