package org.yuqiao.backend.op;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A SameDiff op that ND4J lacks or implements wrongly or very slowly: its output shapes, gradient
 * and reference.
 *
 * <p>The reference composes the formula of ND4J's own operations; it runs in any floating-point
 * type on any backend, and kernels are tested against it.
 */
public abstract class CustomOp extends DynamicCustomOp {
  private final int outputs;

  /** Adds the op with its {@code args} and {@code outputs} outputs to a graph. */
  protected CustomOp(SameDiff graph, int outputs, SDVariable... args) {
    super(null, graph, args);
    this.outputs = outputs;
  }

  /** The shapes of the outputs. */
  public abstract long[][] outputShapes(long[][] inputs);

  /**
   * Computes the outputs with ND4J's own operations; the arrays of {@code outputs} hold zeros on
   * entry.
   */
  public abstract void reference(INDArray[] inputs, INDArray[] outputs);

  /**
   * Whether the first output is the memory of the first input, in another shape or with some
   * elements changed.
   */
  public boolean inPlace() {
    return false;
  }

  @Override
  public abstract List<SDVariable> doDiff(List<SDVariable> gradients);

  /** The op's name; a constant, for the superclass constructor reads it. */
  @Override
  public abstract String opName();

  @Override
  public final int getNumOutputs() {
    return outputs;
  }

  /** The type of the first floating-point input, for all outputs. */
  @Override
  public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
    DataType type = inputs.stream().filter(DataType::isFPType).findFirst().orElse(DataType.FLOAT);
    return Collections.nCopies(outputs, type);
  }

  /** The arguments of an op whose last one is optional. */
  public static SDVariable[] withLast(Optional<SDVariable> last, SDVariable... args) {
    return Stream.concat(Arrays.stream(args), last.stream()).toArray(SDVariable[]::new);
  }

  /** Thrown by gradient ops. */
  final UnsupportedOperationException noSecondDerivative() {
    return new UnsupportedOperationException(opName() + " has no second derivative");
  }

  /** The position of the first query: input {@code index} when decoding, else 0. */
  static int firstPosition(INDArray[] in, int index) {
    return in.length > index ? in[index].getInt(0) : 0;
  }

  /** The array seen as a matrix: all axes but the last make the rows. */
  public static INDArray rows(INDArray array) {
    long width = array.size(array.rank() - 1);
    return array.reshape(array.length() / width, width);
  }
}
