package org.yuqiao.backend;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A matrix W {@code [I, O]} that is multiplied with what ReLU has made: in trained Transformers
 * most of that is 0 (Li et al. 2023, "The Lazy Neuron Phenomenon"), in the encoder of a model of
 * ours that translates Tatoeba nineteen of twenty. Where it is so, only the rows of W are read that
 * count; the bits are the same either way.
 */
final class SparseInputMatrix implements LaidOutMatrix {
  /** So many rows are looked through before they are multiplied; the first of them decide. */
  private static final int ROWS = 64;

  /** From so many rows on, oneDNN reads W once for several and is hard to beat. */
  private static final int FEW = 4;

  private static final float MOST_OF_FEW = 0.5f;
  private static final float MOST_OF_MANY = 0.09f;

  private final LaidOutMatrix dense;
  private final SummationOrder order;
  private final Supplier<SparseProduct> layout;
  private Optional<SparseProduct> sparse = Optional.empty();

  /**
   * The matrix {@code dense}.
   *
   * @param order in which that adds
   * @param layout makes the product that follows it, asked for when rows are such
   */
  SparseInputMatrix(LaidOutMatrix dense, SummationOrder order, Supplier<SparseProduct> layout) {
    this.dense = dense;
    this.order = order;
    this.layout = layout;
  }

  @Override
  public synchronized void refresh(Tensor weight) {
    dense.refresh(weight);
    sparse = Optional.empty();
  }

  private synchronized SparseProduct sparse() {
    if (sparse.isEmpty()) {
      sparse = Optional.of(layout.get());
    }
    return sparse.get();
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Scratch scratch) {
    Tensor x = in[0];
    int rows = x.rows();
    int first = Math.min(rows, ROWS);
    float share = rows < FEW ? MOST_OF_FEW : MOST_OF_MANY;
    SparseRows some = scratch.sparseRows();
    if (!some.take(x, 0, first, order, (int) (share * first * x.width()), scratch)) {
      dense.multiply(in, y, scratch);
      return;
    }
    float[] bias = scratch.array(1, y.width());
    LaidOutMatrix.readBias(in, bias, y.width());
    SparseProduct product = sparse();
    product.multiply(some, bias, y, 0, first, scratch);
    for (int row = first; row < rows; row += ROWS) {
      int end = Math.min(rows, row + ROWS);
      some.take(x, row, end, order, Integer.MAX_VALUE, scratch);
      product.multiply(some, bias, y, row, end - row, scratch);
    }
  }
}
