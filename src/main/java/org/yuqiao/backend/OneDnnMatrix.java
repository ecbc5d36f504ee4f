package org.yuqiao.backend;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix W {@code [I, O]} laid out for oneDNN, which reads rows and writes products where they
 * are, outside the Java heap. What a row gets does not depend, to the last bit, on the rows beside
 * it.
 */
final class OneDnnMatrix implements LaidOutMatrix {
  /** Elements whose bits tell the order: one has those of a wrong order by chance in seven. */
  private static final int PROBES = 12;

  private final boolean transposed;
  private final OneDnnWeights weights;
  private final FloatPointer zeros;

  /**
   * Lays out {@code weight}.
   *
   * @param transposed whether the tensor is {@code [O, I]}
   */
  OneDnnMatrix(Tensor weight, boolean transposed) {
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

  /**
   * oneDNN does not tell in which order it adds, but it can be seen: a row is multiplied, and some
   * elements of the product are computed here in the orders that it may be. Nothing is found when
   * several give the same bits, as all do where weights are 0.
   */
  @Override
  public Optional<SummationOrder> order(Tensor weight) {
    if (transposed) {
      return Optional.empty();
    }
    int inputs = weights.inputs();
    Tensor x = Tensor.floats(Tensor.Block.allocate(inputs), new long[] {1, inputs});
    Tensor y =
        Tensor.floats(Tensor.Block.allocate(weights.outputs()), new long[] {1, weights.outputs()});
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < inputs; i++) {
      x.put(i, (float) random.nextDouble(-1, 1));
    }
    multiply(new Tensor[] {x, weight}, y, new Scratch());
    List<SummationOrder> found =
        IntStream.of(1, 2, 4, 8)
            .filter(pieces -> inputs % pieces == 0)
            .mapToObj(pieces -> new SummationOrder(inputs / pieces, false))
            .filter(order -> order.explains(x, weight, y, PROBES))
            .toList();
    x.block().close();
    y.block().close();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  @Override
  public void multiply(Tensor[] in, Tensor y, Scratch scratch) {
    int rows = in[0].rows();
    long bias = in.length == 3 ? in[2].address(0) : zeros.address();
    for (int first = 0; first < rows; first += OneDnnProducts.MOST_ROWS) {
      int count = Math.min(OneDnnProducts.MOST_ROWS, rows - first);
      long from = in[0].address((long) first * weights.inputs());
      long to = y.address((long) first * weights.outputs());
      scratch.oneDnn().multiply(weights, count, from, bias, to);
    }
  }
}
