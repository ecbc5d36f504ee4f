package org.yuqiao.backend.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.plan.OpTimes;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;

/**
 * Runs a graph with ND4J's own ops, on any device and in any floating-point type: the reference for
 * kernels, the session for GPUs and for gradient checks in float64.
 */
public final class Nd4jSession implements Session {
  private final SameDiff graph;
  private final DataType type;
  private final List<String> outputs;
  private final Plan plan;
  private final ParameterBuffer parameters;
  private final Map<String, INDArray> destinations = new HashMap<>();
  private final OpTimes times;
  private Map<String, INDArray> results = Map.of();

  /** Prepares {@code graph} for {@code outputs}, in the floating-point type of its weights. */
  public Nd4jSession(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    this.graph = graph;
    this.parameters = parameters;
    this.type = parameters.flat().dataType();
    this.outputs = List.copyOf(outputs);
    this.plan = Plan.of(graph, outputs);
    this.times = new OpTimes(plan);
  }

  @Override
  public Map<String, INDArray> run(Inputs inputs) {
    INDArray[] values = new INDArray[plan.slots().size()];
    plan.slots().forEach((name, slot) -> values[slot] = initialValue(name, inputs));
    times.begin();
    for (int s = 0; s < plan.steps().size(); s++) {
      Plan.Step step = plan.steps().get(s);
      INDArray[] in = new INDArray[step.inputs().length];
      for (int i = 0; i < in.length; i++) {
        in[i] = values[step.inputs()[i]];
      }
      INDArray[] results = Nd4jOps.run(step.op(), in);
      for (int i = 0; i < results.length; i++) {
        values[step.outputs()[i]] = results[i];
      }
      for (int slot : step.lastUses()) {
        values[slot] = null;
      }
      times.ended(s);
    }
    Map<String, INDArray> result = new LinkedHashMap<>();
    for (String name : outputs) {
      INDArray value = values[plan.slots().get(name)];
      INDArray destination = destinations.get(name);
      if (destination == null) {
        result.put(name, value);
      } else {
        destination.assign(value);
      }
    }
    results = result;
    return result;
  }

  @Override
  public void read(String output, int row, float[] target) {
    float[] values = CustomOp.rows(results.get(output)).getRow(row).toFloatVector();
    System.arraycopy(values, 0, target, 0, values.length);
  }

  @Override
  public void writeOutputTo(String output, ParameterBuffer target, String name) {
    destinations.put(output, target.view(name));
  }

  /** The value of a weight, constant or placeholder; null where a step computes it. */
  private INDArray initialValue(String name, Inputs inputs) {
    SDVariable variable = graph.getVariable(name);
    return switch (variable.getVariableType()) {
      case VARIABLE -> parameters.view(name);
      case CONSTANT -> variable.getArr();
      case PLACEHOLDER ->
          inputs
              .ints(name)
              .map(Inputs.Ints::array)
              .or(() -> inputs.floats(name).map(f -> f.array(type)))
              .or(() -> inputs.cache(name).map(cache -> cache.array(name)))
              .orElseThrow(() -> new IllegalArgumentException("no value for " + name));
      default -> null;
    };
  }

  @Override
  public Map<String, Double> secondsByOp() {
    return times.seconds();
  }

  @Override
  public void close() {
    // ND4J frees an array with the last reference to it.
  }
}
