package org.yuqiao.backend.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.compute.Compute;
import org.yuqiao.backend.gemm.OneDnnMatrix;
import org.yuqiao.backend.gemm.PackedMatrix;
import org.yuqiao.backend.gemm.WeightMatrix;
import org.yuqiao.backend.gemm.int8.QuantizedMatrix;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;
import org.yuqiao.files.QuantizedTensor;
import org.yuqiao.files.TensorFile;

/**
 * The matrices of a model laid out for translating, where few rows are multiplied at a time ({@link
 * WeightMatrix}); made when first asked for and shared by all sessions.
 */
public final class InferenceWeights {
  private record Key(String name, boolean transposed) {}

  private final WeightSource source;
  private final boolean quantized;
  private final Map<Key, WeightMatrix> matrices = new ConcurrentHashMap<>();

  /** Will lay out the matrices of {@code parameters}, which may change. */
  public InferenceWeights(ParameterBuffer parameters) {
    this(WeightSource.of(parameters), false);
  }

  private InferenceWeights(WeightSource source, boolean quantized) {
    this.source = source;
    this.quantized = quantized;
  }

  /**
   * The weights in {@code file}, which stays open: they are read when they are asked for, and what
   * is laid out is nowhere else in memory. Matrices are integers where the file holds some.
   */
  public static InferenceWeights of(TensorFile file) {
    return new InferenceWeights(new StoredWeights(file), file.isQuantized());
  }

  /** All weights as floats, read for this when they are in a file. */
  public ParameterBuffer parameters() {
    return source.buffer();
  }

  /** Whether matrices are integers of eight bits. */
  public boolean isInt8() {
    return quantized;
  }

  /** The type of floats. */
  public DataType type() {
    return source.type();
  }

  /** Reads the parameters again, which are floats and have changed; no session may be running. */
  public void refresh() {
    matrices.forEach((key, matrix) -> matrix.refresh(source.tensor(key.name())));
  }

  /** Whether {@code op} is a product with a weight, which needs that weight laid out alone. */
  public static boolean isWeightOf(DifferentialFunction op) {
    return op instanceof LinearOp linear
        && linear.args()[1].getVariableType() == VariableType.VARIABLE;
  }

  /** The matrix that {@code op}, a product with a weight, multiplies with. */
  public WeightMatrix matrixOf(LinearOp op) {
    return matrices.computeIfAbsent(keyOf(op), this::layOut);
  }

  private static Key keyOf(LinearOp op) {
    return new Key(op.args()[1].name(), op.transposed());
  }

  /** The integers of a weight that is stored with a factor for each of its columns. */
  private Optional<QuantizedTensor> stored(Key key) {
    return source
        .integers(key.name())
        .filter(integers -> integers.axis() == (key.transposed() ? 0 : 1));
  }

  /** A weight for kernels that read it as it is. */
  public Tensor tensor(String name) {
    return source.tensor(name);
  }

  /** The shape of a weight whose elements no kernel of a session reads. */
  public Tensor shapeOf(String name) {
    return Tensor.absent(source.shape(name));
  }

  private WeightMatrix layOut(Key key) {
    return stored(key)
        .<WeightMatrix>map(QuantizedMatrix::new)
        .orElseGet(() -> source.read(key.name(), weight -> layOut(key, weight)));
  }

  private WeightMatrix layOut(Key key, Tensor weight) {
    if (quantized) {
      return new QuantizedMatrix(weight, key.transposed());
    }
    return Compute.here().usesOneDnn()
        ? new OneDnnMatrix(weight, key.transposed())
        : new PackedMatrix(weight, key.transposed());
  }
}
