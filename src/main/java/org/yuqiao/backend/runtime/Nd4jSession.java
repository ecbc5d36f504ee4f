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
 * Runs a graph with ND4J's own operations: any backend, any floating type. It is the reference for
 * the kernels, the way to run on a GPU, and the session for gradient checks in DOUBLE.
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

  /**
   * Prepares {@code graph} for {@code outputs}, with the variables of {@code parameters} and in
   * their floating-point type.
   */
  public Nd4jSession(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    this.graph = graph;
    this.parameters = parameters;
    this.type = parameters.flat().dataType();
    this.outputs = List.copyOf(outputs);
    this.plan = Plan.of(graph, outputs);
    this.times = new OpTimes(plan);
  }

  @Override
  public Map<String, INDArray> run(Inputs feeds) {
    INDArray[] values = new INDArray[plan.slots().size()];
    plan.slots().forEach((name, slot) -> values[slot] = given(name, feeds));
    times.begin();
    for (int s = 0; s < plan.steps().size(); s++) {
      Plan.Step step = plan.steps().get(s);
      INDArray[] inputs = new INDArray[step.inputs().length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = values[step.inputs()[i]];
      }
      INDArray[] results = Nd4jOps.run(step.op(), inputs);
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

  /**
   * The value of a parameter, constant or placeholder; null (inside this class only) for what will
   * be computed.
   */
  private INDArray given(String name, Inputs feeds) {
    SDVariable variable = graph.getVariable(name);
    return switch (variable.getVariableType()) {
      case VARIABLE -> parameters.view(name);
      case CONSTANT -> variable.getArr();
      case PLACEHOLDER ->
          feeds
              .ints(name)
              .map(Inputs.Ints::array)
              .or(() -> feeds.floats(name).map(f -> f.array(type)))
              .or(() -> feeds.cache(name).map(cache -> cache.array(name)))
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
    // Arrays of ND4J are freed with their last reference.
  }
}
