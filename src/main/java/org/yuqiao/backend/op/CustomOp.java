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
 * A SameDiff op that libnd4j does not have, or has wrong or very slow. It knows its output shapes,
 * its gradient (as further ops) and a reference: the same formula composed of ND4J's own
 * operations, which runs in any floating type and on any backend. Kernels are checked against that
 * reference.
 */
public abstract class CustomOp extends DynamicCustomOp {
  private final int outputs;

  /** Adds the op with its {@code args} to a graph; it will have {@code outputs} results. */
  protected CustomOp(SameDiff graph, int outputs, SDVariable... args) {
    super(null, graph, args);
    this.outputs = outputs;
  }

  /** The shape of every output, given those of the inputs. */
  public abstract long[][] outputShapes(long[][] inputs);

  /**
   * Computes the outputs with ND4J's own operations; the arrays of {@code outputs} hold zeros on
   * entry.
   */
  public abstract void reference(INDArray[] inputs, INDArray[] outputs);

  /**
   * Whether the first output is the first input itself: the same memory, seen in another shape or
   * with some elements changed.
   */
  public boolean inPlace() {
    return false;
  }

  @Override
  public abstract List<SDVariable> doDiff(List<SDVariable> gradients);

  /** The op's name; a constant, for the constructors above already ask for it. */
  @Override
  public abstract String opName();

  @Override
  public final int getNumOutputs() {
    return outputs;
  }

  /** All outputs have the type of the first floating-point input. */
  @Override
  public final List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
    DataType type = inputs.stream().filter(DataType::isFPType).findFirst().orElse(DataType.FLOAT);
    return Collections.nCopies(outputs, type);
  }

  /** The arguments of an op whose last one is given in some cases only. */
  static SDVariable[] withLast(Optional<SDVariable> last, SDVariable... args) {
    return Stream.concat(Arrays.stream(args), last.stream()).toArray(SDVariable[]::new);
  }

  /** For gradient ops: nobody differentiates twice here. */
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
