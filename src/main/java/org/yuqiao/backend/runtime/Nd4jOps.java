package org.yuqiao.backend.runtime;

import java.util.Arrays;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.op.CustomOp;

/** Runs a single op of a graph with ND4J on any device. */
final class Nd4jOps {
  private Nd4jOps() {}

  /** The outputs of {@code op} for {@code inputs}; of a custom op, those of its reference. */
  static INDArray[] run(DifferentialFunction op, INDArray[] inputs) {
    if (op instanceof CustomOp ours) {
      return runReference(ours, inputs);
    }
    if (op instanceof DynamicCustomOp dynamic) {
      return runDynamic(dynamic, inputs);
    }
    return runLegacy((Op) op, inputs);
  }

  private static INDArray[] runReference(CustomOp op, INDArray[] inputs) {
    long[][] shapes = new long[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      shapes[i] = inputs[i].shape();
    }
    long[][] outputShapes = op.outputShapes(shapes);
    INDArray[] outputs = new INDArray[outputShapes.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] =
          i == 0 && op.inPlace()
              ? inputs[0].reshape(outputShapes[0])
              : Nd4j.create(type(inputs), outputShapes[i]);
    }
    op.reference(inputs, outputs);
    return outputs;
  }

  private static DataType type(INDArray[] inputs) {
    for (INDArray input : inputs) {
      if (input.dataType().isFPType()) {
        return input.dataType();
      }
    }
    return DataType.FLOAT;
  }

  private static INDArray[] runDynamic(DynamicCustomOp op, INDArray[] inputs) {
    DynamicCustomOp call =
        DynamicCustomOp.builder(op.opName())
            .addInputs(inputs)
            .addIntegerArguments(Arrays.stream(op.iArgs()).mapToInt(Math::toIntExact).toArray())
            .addFloatingPointArguments(boxed(op.tArgs()))
            .addBooleanArguments(op.bArgs())
            .build();
    return Nd4j.exec(call);
  }

  private static Double[] boxed(double[] values) {
    Double[] result = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** Runs an op that carries its arrays itself; locked because sessions may share it. */
  private static INDArray[] runLegacy(Op op, INDArray[] inputs) {
    synchronized (op) {
      INDArray result = inputs[0].ulike();
      op.setX(inputs[0]);
      if (inputs.length > 1) {
        op.setY(inputs[1]);
      }
      op.setZ(result);
      Nd4j.exec(op);
      op.clearArrays();
      return new INDArray[] {result};
    }
  }
}
