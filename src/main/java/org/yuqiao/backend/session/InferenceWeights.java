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
 * The weights of a model for inference, which many sessions share.
 *
 * <p>Each weight matrix gets a layout for matmuls with few rows ({@link WeightMatrix}) when a
 * session first uses it.
 */
public final class InferenceWeights {
  private record Key(String name, boolean transposed) {}

  private final WeightSource source;
  private final boolean quantized;
  private final Map<Key, WeightMatrix> matrices = new ConcurrentHashMap<>();

  /** Weights in memory, which may change: see {@link #refresh}. */
  public InferenceWeights(ParameterBuffer parameters) {
    this(WeightSource.of(parameters), false);
  }

  private InferenceWeights(WeightSource source, boolean quantized) {
    this.source = source;
    this.quantized = quantized;
  }

  /**
   * Weights in {@code file}, which stays open: each is read on first use, and a matrix is in memory
   * in its layout only. Matrices are int8 where the file is quantized.
   */
  public static InferenceWeights of(TensorFile file) {
    return new InferenceWeights(new StoredWeights(file), file.isQuantized());
  }

  /** All weights in their floating-point type, read anew when they are in a file. */
  public ParameterBuffer parameters() {
    return source.buffer();
  }

  /** Whether weight matrices are int8. */
  public boolean isInt8() {
    return quantized;
  }

  /** The floating-point type. */
  public DataType type() {
    return source.type();
  }

  /** Lays all matrices out again after the parameters have changed; no session may be running. */
  public void refresh() {
    matrices.forEach((key, matrix) -> matrix.refresh(source.tensor(key.name())));
  }

  /** Whether {@code op} is a matmul with a weight, which reads that weight in its layout only. */
  public static boolean isWeightOf(DifferentialFunction op) {
    return op instanceof LinearOp linear
        && linear.args()[1].getVariableType() == VariableType.VARIABLE;
  }

  /** The layout of the weight that {@code op} multiplies with. */
  public WeightMatrix matrixOf(LinearOp op) {
    return matrices.computeIfAbsent(keyOf(op), this::layOut);
  }

  private static Key keyOf(LinearOp op) {
    return new Key(op.args()[1].name(), op.transposed());
  }

  /** The int8 values of a weight that is stored with a scale for each of its columns. */
  private Optional<QuantizedTensor> stored(Key key) {
    return source
        .quantized(key.name())
        .filter(tensor -> tensor.axis() == (key.transposed() ? 0 : 1));
  }

  /** A weight in its own layout, row-major. */
  public Tensor tensor(String name) {
    return source.tensor(name);
  }

  /** A copy of a weight as float32, row-major; int8 is dequantized. */
  public float[] floats(String name) {
    return source.floats(name);
  }

  /** The shape of the weight {@code name}. */
  public long[] shape(String name) {
    return source.shape(name);
  }

  /** A tensor with the shape of a weight and no elements, for weights read in a layout only. */
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
