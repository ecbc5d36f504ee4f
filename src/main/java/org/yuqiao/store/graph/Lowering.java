package org.yuqiao.store.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;

/**
 * Rewrites a model's graph, op by op, in the operations of a {@link GraphBuilder}. An op that its
 * outputs do not need is left out.
 *
 * @param <V> a value of the exported graph
 */
final class Lowering<V> {
  private final LoweredValues<V> values;
  private final Map<Class<?>, Rule<V>> rules = new HashMap<>();

  /** Composes an op of the model of the operations of the exported graph. */
  @FunctionalInterface
  interface Rule<V> {
    /** The output of {@code op} with arguments of these names, to be stored as {@code output}. */
    V lower(DifferentialFunction op, String[] args, String output);
  }

  /** A lowering with the rules of all ops that can be exported. */
  Lowering(LoweredValues<V> values) {
    this.values = values;
    new LayerRules<>(values).addTo(rules);
    new AttentionRules<>(values).addTo(rules);
    PositionRules<V> positions = new PositionRules<>(values);
    positions.addTo(rules);
    new RelativeRules<>(values, positions).addTo(rules);
  }

  /** Rewrites all ops that the variables {@code outputs} need. */
  void run(List<String> outputs) {
    DifferentialFunction[] ops = values.graph().ops();
    Set<String> needed = new HashSet<>(outputs);
    for (int i = ops.length - 1; i >= 0; i--) {
      if (needed.contains(ops[i].outputVariable().name())) {
        for (SDVariable arg : ops[i].args()) {
          needed.add(arg.name());
        }
      }
    }
    for (DifferentialFunction op : ops) {
      if (needed.contains(op.outputVariable().name())) {
        lower(op);
      }
    }
  }

  private void lower(DifferentialFunction op) {
    Rule<V> rule = rules.get(op.getClass());
    if (rule == null) {
      throw new IllegalStateException("no rule for " + op.opName());
    }
    String[] args = op.argNames();
    String output = op.outputVariable().name();
    inheritRows(args, output);
    V value = rule.lower(op, args, output);
    values.put(output, value);
  }

  /** The rows of an output are those of its first argument that is computed. */
  private void inheritRows(String[] args, String output) {
    for (String arg : args) {
      if (values.graph().getVariable(arg).getVariableType() != VariableType.VARIABLE
          && values.rows(arg).isPresent()) {
        values.putRows(output, values.rows(arg).get());
        return;
      }
    }
  }
}
