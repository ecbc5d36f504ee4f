package org.yuqiao.backend;

import java.util.function.Supplier;
import org.yuqiao.files.QuantisedTensor;

/**
 * A matrix W {@code [I, O]} and a vector b, of whose products with a row only the greatest is
 * wanted. Shared by all threads.
 */
final class ScreenedMatrix {
  private final LogitBounds bounds;
  private Supplier<ExactLogits> exact;

  /** A matrix of floats, whose columns are the rows of {@code columns} {@code [O, I]}. */
  ScreenedMatrix(Tensor columns, float[] bias) {
    this.bounds = new LogitBounds(columns.width(), columns.rows());
    refresh(columns, bias);
  }

  /** A matrix of integers, whose columns are the rows of {@code columns} {@code [O, I]}. */
  ScreenedMatrix(QuantisedTensor columns, float[] bias) {
    this.bounds = new LogitBounds((int) columns.shape()[1], (int) columns.shape()[0]);
    this.exact = () -> ExactLogits.ofIntegers(columns, bias);
    bounds.fill(columns, bias, ColumnErrors.none(bias.length));
  }

  /** Takes floats over that have changed; nobody may be using the matrix. */
  void refresh(Tensor columns, float[] bias) {
    QuantisedTensor integers = QuantisedMatrix.rounded(columns, true);
    bounds.fill(integers, bias, ColumnErrors.of(columns, integers));
    exact = () -> ExactLogits.ofFloats(columns, bias);
  }

  LogitBounds bounds() {
    return bounds;
  }

  /** Products with single columns, as they are now; for one thread. */
  ExactLogits exact() {
    return exact.get();
  }
}
