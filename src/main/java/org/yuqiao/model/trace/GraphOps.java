package org.yuqiao.model.trace;

import java.util.List;
import java.util.function.Predicate;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.yuqiao.backend.op.LayerNormOp;
import org.yuqiao.backend.op.LinearOp;

/** Finds the ops of a graph by their class and the variables that they read. */
record GraphOps(SameDiff graph) {
  /** The matmul with the weight {@code name}. */
  LinearOp linear(String name) {
    return reading(LinearOp.class, op -> op.args()[1].name().equals(name));
  }

  /** The layer norm with the parameters of {@code name}. */
  LayerNormOp norm(String name) {
    return reading(LayerNormOp.class, op -> op.args()[1].name().equals(name + ".gain"));
  }

  /** The only op of a class that satisfies {@code condition}. */
  <T extends DifferentialFunction> T reading(Class<T> type, Predicate<T> condition) {
    return graph.getOps().values().stream()
        .map(SameDiffOp::getOp)
        .filter(type::isInstance)
        .map(type::cast)
        .filter(condition)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the graph has no such " + type));
  }

  /** The op that computes a variable. */
  DifferentialFunction producer(String variable) {
    return graph.getVariableOutputOp(variable);
  }

  /** The ops that read a variable. */
  List<DifferentialFunction> consumers(String variable) {
    return graph.getVariables().get(variable).getInputsForOp().stream()
        .map(name -> graph.getOps().get(name).getOp())
        .toList();
  }

  /**
   * The sum of the residual connection around a sub-layer whose last op computes {@code output}.
   */
  AddOp residual(String output) {
    return consumers(output).stream()
        .filter(AddOp.class::isInstance)
        .map(AddOp.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(output + " has no residual connection"));
  }

  /** The name of an op's only output. */
  static String output(DifferentialFunction op) {
    SDVariable[] outputs = op.outputVariables();
    return outputs[0].name();
  }

  /** The name of an op's input number {@code index}. */
  static String input(DifferentialFunction op, int index) {
    return op.args()[index].name();
  }
}
