package org.yuqiao.backend.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.OpTimes;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Runs a float32 graph on the CPU with kernels, and with ND4J where an op has none.
 *
 * <p>A session uses the calling thread only. Threads work side by side with a session and a share
 * of the batch each: they meet once a step, and results do not depend on their timing.
 */
public final class KernelSession implements Session {
  private final List<String> outputs;
  private final CompiledPlan compiled;
  private final Plan plan;
  private final SlotValues slots;
  private final OutputAllocator allocator = new OutputAllocator();
  private final Workspace workspace;
  private final List<Tensor> results = new ArrayList<>();
  private final OpTimes times;

  /** Prepares {@code graph} for {@code outputs}, with float32 matmuls. */
  public KernelSession(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    this(graph, outputs, parameters, MatmulPrecision.FLOAT32);
  }

  /**
   * Prepares {@code graph} for {@code outputs}.
   *
   * @param parameters the weights; the next run sees changes there
   * @param precision of the inputs of large matmuls
   */
  public KernelSession(
      SameDiff graph,
      Collection<String> outputs,
      ParameterBuffer parameters,
      MatmulPrecision precision) {
    this(graph, outputs, CompiledPlan.of(graph, outputs, parameters), new Workspace(precision));
  }

  /** Prepares {@code graph} for inference with {@code weights}. */
  public KernelSession(SameDiff graph, Collection<String> outputs, InferenceWeights weights) {
    this(graph, outputs, CompiledPlan.of(graph, outputs, weights), new Workspace());
  }

  private KernelSession(
      SameDiff graph, Collection<String> outputs, CompiledPlan compiled, Workspace workspace) {
    this.workspace = workspace;
    this.outputs = List.copyOf(outputs);
    this.compiled = compiled;
    this.plan = compiled.plan();
    this.slots = new SlotValues(graph, plan.slots(), compiled.weights());
    this.times = new OpTimes(plan);
  }

  @Override
  public void writeOutputTo(String output, ParameterBuffer target, String name) {
    allocator.redirect(plan.slots().get(output), target.tensor(name));
  }

  @Override
  public Map<String, INDArray> run(Inputs inputs) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    runSteps(inputs).forEach((name, value) -> arrays.put(name, value.array()));
    return arrays;
  }

  @Override
  public void compute(Inputs inputs) {
    runSteps(inputs);
  }

  private Map<String, Tensor> runSteps(Inputs inputs) {
    results.forEach(allocator::release);
    results.clear();
    Tensor[] values = slots.with(inputs, allocator);
    times.begin();
    for (int i = 0; i < plan.steps().size(); i++) {
      run(i, values);
      times.ended(i);
    }
    slots.release(values, allocator);
    Map<String, Tensor> delivered = new LinkedHashMap<>();
    for (String name : outputs) {
      int slot = plan.slots().get(name);
      if (!allocator.deliver(slot, values[slot])) {
        results.add(values[slot]);
        delivered.put(name, values[slot]);
      }
    }
    return delivered;
  }

  private void run(int index, Tensor[] values) {
    Plan.Step step = plan.steps().get(index);
    Optional<Kernel> kernel = compiled.kernels().get(index);
    Tensor[] in = new Tensor[step.inputs().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = values[step.inputs()[i]];
    }
    Tensor[] out =
        kernel.isPresent() && kernel.get().suits(in)
            ? runKernel(step, kernel.get(), in)
            : runNd4j(step, in);
    for (int i = 0; i < out.length; i++) {
      values[step.outputs()[i]] = out[i];
    }
    for (int slot : step.lastUses()) {
      allocator.release(values[slot]);
    }
  }

  private Tensor[] runKernel(Plan.Step step, Kernel kernel, Tensor[] in) {
    Tensor[] out = allocator.allocate(step, kernel, in);
    workspace.releaseTo(0);
    kernel.run(in, out, workspace);
    return out;
  }

  private Tensor[] runNd4j(Plan.Step step, Tensor[] in) {
    INDArray[] arrays = Arrays.stream(in).map(Tensor::array).toArray(INDArray[]::new);
    INDArray[] computed = Nd4jOps.run(step.op(), arrays);
    Tensor[] out = new Tensor[computed.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = allocator.allocate(computed[i].shape());
      out[i].write(0, computed[i].dup('c').data().asFloat(), 0, out[i].size());
    }
    return out;
  }

  @Override
  public void read(String output, int row, float[] target) {
    Tensor tensor = results.get(outputs.indexOf(output));
    tensor.read(row * tensor.width(), target, 0, tensor.width());
  }

  @Override
  public Map<String, Double> secondsByOp() {
    return times.seconds();
  }

  @Override
  public List<String> notes() {
    return compiled.notes();
  }

  @Override
  public void close() {
    allocator.close();
  }
}
