package org.yuqiao.backend;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.autodiff.functions.DifferentialFunction;
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
    return matrices.computeIfAbsent(key, this::layOut);
  }

  /** A weight for kernels that read it as it is. */
  Tensor tensor(String name) {
    return source.tensor(name);
  }

  /** The shape of a weight whose elements no kernel of a session reads. */
  Tensor shapeOf(String name) {
    return Tensor.absent(source.shape(name));
  }

  private LaidOutMatrix layOut(Key key) {
    return source
        .integers(key.name())
        .filter(integers -> integers.axis() == (key.transposed() ? 0 : 1))
        .<LaidOutMatrix>map(QuantisedMatrix::new)
        .orElseGet(() -> source.read(key.name(), weight -> layOut(weight, key.transposed())));
  }

  private LaidOutMatrix layOut(Tensor weight, boolean transposed) {
    if (quantised) {
      return new QuantisedMatrix(weight, transposed);
    }
    return OneDnnWeights.areUsed()
        ? new OneDnnMatrix(weight, transposed)
        : new PackedMatrix(weight, transposed);
  }
}
