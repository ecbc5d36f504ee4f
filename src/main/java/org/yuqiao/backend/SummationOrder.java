package org.yuqiao.backend;

/**
 * The order in which a product x W + b adds up the terms of an element: those of {@code piece}
 * elements of x one after the other, beginning from 0 (from b in the first piece when {@code
 * biasFirst}), then the sums of the pieces, then b where it was not the beginning. Two products
 * with the same order give the same bits.
 */
record SummationOrder(int piece, boolean biasFirst) {
  /** How many pieces {@code inputs} elements have. */
  int pieces(int inputs) {
    return (inputs + piece - 1) / piece;
  }

  /**
   * Whether the first row of y = x W has the bits that this order gives, as far as {@code probes}
   * elements show, which are spread over the row.
   */
  boolean explains(Tensor x, Tensor weight, Tensor y, int probes) {
    int outputs = weight.width();
    int count = Math.min(probes, outputs);
    for (int i = 0; i < count; i++) {
      int column = (int) ((long) i * outputs / count);
      if (y.get(column) != element(x, weight, column)) {
        return false;
      }
    }
    return true;
  }

  private float element(Tensor x, Tensor weight, int column) {
    int inputs = weight.rows();
    float total = 0;
    for (int from = 0; from < inputs; from += piece) {
      float sum = 0;
      for (int i = from; i < Math.min(inputs, from + piece); i++) {
        sum = Math.fma(x.get(i), weight.get(i * weight.width() + column), sum);
      }
      total = from == 0 ? sum : total + sum;
    }
    return total;
  }
}
