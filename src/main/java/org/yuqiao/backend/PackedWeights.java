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
import org.yuqiao.files.QuantisedTensor;
import org.yuqiao.files.TensorFile;

/**
 * The matrices of a model laid out for translating, where few rows are multiplied at a time ({@link
 * LaidOutMatrix}); made when first asked for and shared by all sessions.
 */
public final class PackedWeights {
  private record Key(String name, boolean transposed) {}

  /** x W + b. */
  private record Affine(Key weight, Optional<String> bias) {}

  private final WeightSource source;
  private final boolean quantised;
  private final Map<Key, LaidOutMatrix> matrices = new ConcurrentHashMap<>();
  private final Map<Affine, ScreenedMatrix> screened = new ConcurrentHashMap<>();

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

  /** Reads the parameters again, which are floats and have changed; no session may be running. */
  public void refresh() {
    matrices.forEach((key, matrix) -> matrix.refresh(source.tensor(key.name())));
    screened.forEach((affine, matrix) -> matrix.refresh(columns(affine.weight()), bias(affine)));
  }

  /** Whether {@code op} is a product with a weight, which needs that weight laid out alone. */
  static boolean areFactorOf(DifferentialFunction op) {
    return op instanceof LinearOp linear
        && linear.args()[1].getVariableType() == VariableType.VARIABLE;
  }

  /** The matrix that {@code op}, a product with a weight, multiplies with. */
  LaidOutMatrix factorOf(LinearOp op) {
    boolean rectified = isRectified(op.args()[0]);
    return matrices.computeIfAbsent(keyOf(op), wanted -> layOut(wanted, rectified));
  }

  /** The matrix and vector of {@code op}, an affine map of whose result the greatest is wanted. */
  ScreenedMatrix screenedOf(LinearOp op) {
    Optional<String> bias =
        op.args().length == 3 ? Optional.of(op.args()[2].name()) : Optional.empty();
    return screened.computeIfAbsent(
        new Affine(keyOf(op), bias),
        affine ->
            quantised
                ? new ScreenedMatrix(integerColumns(affine.weight()), bias(affine))
                : new ScreenedMatrix(columns(affine.weight()), bias(affine)));
  }

  private static Key keyOf(LinearOp op) {
    return new Key(op.args()[1].name(), op.transposed());
  }

  private float[] bias(Affine affine) {
    Key weight = affine.weight();
    float[] bias = new float[(int) source.shape(weight.name())[weight.transposed() ? 0 : 1]];
    affine.bias().ifPresent(name -> source.tensor(name).read(0, bias, 0, bias.length));
    return bias;
  }

  /**
   * The columns of a weight as rows: the embeddings themselves where the output is tied to them.
   */
  private Tensor columns(Key key) {
    return key.transposed()
        ? source.tensor(key.name())
        : source.read(key.name(), Tensor::transposed);
  }

  private QuantisedTensor integerColumns(Key key) {
    QuantisedTensor integers =
        stored(key)
            .orElseGet(
                () -> source.read(key.name(), w -> QuantisedMatrix.rounded(w, key.transposed())));
    return key.transposed() ? integers : integers.transposed();
  }

  /** The integers of a weight that is stored with a factor for each of its columns. */
  private Optional<QuantisedTensor> stored(Key key) {
    return source
        .integers(key.name())
        .filter(integers -> integers.axis() == (key.transposed() ? 0 : 1));
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
    return stored(key)
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
