package org.yuqiao.backend;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.files.TensorFile;

/**
 * The matrices of a model laid out for translating, where few rows are multiplied at a time ({@link
 * LaidOutMatrix}); made when first asked for and shared by all sessions.
 */
public final class PackedWeights {
  private record Key(String name, boolean transposed) {}

  private final WeightSource source;
  private final boolean quantised;
  private final Map<Key, LaidOutMatrix> matrices = new ConcurrentHashMap<>();

  /** By the size of a matrix: products of equal size add in the same order. */
  private final Map<List<Integer>, Optional<SummationOrder>> orders = new ConcurrentHashMap<>();

  /** Will lay out the matrices of {@code parameters}, which may change. */
  public PackedWeights(ParameterBuffer parameters) {
    this(WeightSource.of(parameters), false);
  }

  private PackedWeights(WeightSource source, boolean quantised) {
    this.source = source;
    this.quantised = quantised;
  }

  /**
   * The weights in {@code file}, which stays open: they are read when they are asked for, and what
   * is laid out is nowhere else in memory. Matrices are integers where the file holds some.
   */
  public static PackedWeights of(TensorFile file) {
    return new PackedWeights(new StoredWeights(file), file.isQuantised());
  }

  /** All weights as floats, read for this when they are in a file. */
  public ParameterBuffer parameters() {
    return source.buffer();
  }

  /** Whether matrices are integers of eight bits. */
  public boolean areIntegers() {
    return quantised;
  }

  /** The type of floats. */
  DataType type() {
    return source.type();
  }

  /** Reads the parameters again, which have changed; no session may be running. */
  public void refresh() {
    matrices.forEach((key, matrix) -> matrix.refresh(source.tensor(key.name())));
  }

  /** Whether {@code op} is a product with a weight, which needs that weight laid out alone. */
  static boolean areFactorOf(DifferentialFunction op) {
    return op instanceof LinearOp linear
        && linear.args()[1].getVariableType() == VariableType.VARIABLE;
  }

  /** The matrix that {@code op}, a product with a weight, multiplies with. */
  LaidOutMatrix factorOf(LinearOp op) {
    Key key = new Key(op.args()[1].name(), op.transposed());
    boolean rectified = isRectified(op.args()[0]);
    return matrices.computeIfAbsent(key, wanted -> layOut(wanted, rectified));
  }

  /** Whether ReLU has made {@code x}, or one of its factors. */
  private static boolean isRectified(SDVariable x) {
    DifferentialFunction maker = x.getSameDiff().getVariableOutputOp(x.name());
    if (maker == null) {
      return false;
    }
    return maker.opName().equals("relu")
        || (maker.opName().equals("multiply")
            && Arrays.stream(maker.args()).anyMatch(PackedWeights::isRectified));
  }

  /** A weight for kernels that read it as it is. */
  Tensor tensor(String name) {
    return source.tensor(name);
  }

  /** The shape of a weight whose elements no kernel of a session reads. */
  Tensor shapeOf(String name) {
    return Tensor.absent(source.shape(name));
  }

  private LaidOutMatrix layOut(Key key, boolean rectified) {
    return source
        .integers(key.name())
        .filter(integers -> integers.axis() == (key.transposed() ? 0 : 1))
        .<LaidOutMatrix>map(QuantisedMatrix::new)
        .orElseGet(() -> source.read(key.name(), weight -> layOut(key, weight, rectified)));
  }

  private LaidOutMatrix layOut(Key key, Tensor weight, boolean rectified) {
    if (quantised) {
      return new QuantisedMatrix(weight, key.transposed());
    }
    LaidOutMatrix matrix =
        OneDnnWeights.areUsed()
            ? new OneDnnMatrix(weight, key.transposed())
            : new PackedMatrix(weight, key.transposed());
    if (!rectified) {
      return matrix;
    }
    List<Integer> size = List.of(weight.rows(), weight.width());
    return orders
        .computeIfAbsent(size, s -> matrix.order(weight))
        .<LaidOutMatrix>map(order -> sparse(key.name(), matrix, order))
        .orElse(matrix);
  }

  private SparseInputMatrix sparse(String name, LaidOutMatrix dense, SummationOrder order) {
    return new SparseInputMatrix(
        dense, order, () -> source.read(name, weight -> new SparseProduct(weight, order)));
  }
}
