package org.yuqiao.backend.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.FusedAttention;
import org.yuqiao.backend.plan.FusionPass;
import org.yuqiao.backend.plan.OpTimes;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.backend.tensor.Arena;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Shapes;
import org.yuqiao.backend.tensor.Tensor;

/**
 * Runs a FLOAT graph on the CPU, on the calling thread: kernels where there are some, ND4J for all
 * else, arrays reused as soon as nobody reads them. Nothing is spread over threads inside an op;
 * instead every thread has a session of its own and its own share of the batch, so that threads
 * meet once a step and results do not depend on their timing.
 */
public final class KernelSession implements Session {
  private final SameDiff graph;
  private final List<String> outputs;
  private final Plan plan;
  private final List<Optional<Kernel>> kernels;
  private final Tensor[] fixed;
  private final Map<String, Integer> placeholders = new LinkedHashMap<>();
  private final Map<Integer, Tensor> destinations = new LinkedHashMap<>();
  private final Arena arena = new Arena();
  private final Workspace workspace = new Workspace();
  private final List<Tensor> results = new ArrayList<>();
  private final OpTimes times;

  /**
   * Prepares {@code graph} for {@code outputs}.
   *
   * @param parameters where the variables of the graph are; changes there are seen by the next run
   */
  public KernelSession(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    this(
        graph, outputs, Plan.of(graph, outputs), parameters::tensor, step -> Kernels.of(step.op()));
  }

  /**
   * Prepares {@code graph} for translating: products with its variables use the matrices as {@code
   * weights} has laid them out.
   */
  public KernelSession(SameDiff graph, Collection<String> outputs, InferenceWeights weights) {
    this(graph, outputs, weights, Plan.of(graph, outputs));
  }

  private KernelSession(
      SameDiff graph, Collection<String> outputs, InferenceWeights weights, Plan plan) {
    this(graph, outputs, weights, plan, new FusionPass(plan, List.of(FusedAttention::find)));
  }

  private KernelSession(
      SameDiff graph,
      Collection<String> outputs,
      InferenceWeights weights,
      Plan plan,
      FusionPass merged) {
    this(
        graph,
        outputs,
        merged.plan(),
        name -> isRead(plan, name) ? weights.tensor(name) : weights.shapeOf(name),
        step -> merged.kernelOf(step).or(() -> Kernels.of(step.op(), weights)));
  }

  /** Whether a step reads the weight {@code name} otherwise than as it was laid out. */
  private static boolean isRead(Plan plan, String name) {
    int slot = plan.slots().get(name);
    return plan.steps().stream()
        .anyMatch(
            step -> {
              int[] inputs = step.inputs();
              return IntStream.range(0, inputs.length)
                  .filter(i -> inputs[i] == slot)
                  .anyMatch(i -> i != 1 || !InferenceWeights.isWeightOf(step.op()));
            });
  }

  private KernelSession(
      SameDiff graph,
      Collection<String> outputs,
      Plan plan,
      Function<String, Tensor> variables,
      Function<Plan.Step, Optional<Kernel>> choice) {
    this.graph = graph;
    this.outputs = List.copyOf(outputs);
    this.plan = plan;
    this.times = new OpTimes(plan);
    this.kernels = plan.steps().stream().map(choice).toList();
    this.fixed = new Tensor[plan.slots().size()];
    plan.slots().forEach((name, slot) -> fix(name, slot, variables));
  }

  private void fix(String name, int slot, Function<String, Tensor> variables) {
    SDVariable variable = graph.getVariable(name);
    VariableType type = variable.getVariableType();
    if (type == VariableType.VARIABLE) {
      fixed[slot] = variables.apply(name);
    } else if (type == VariableType.CONSTANT) {
      INDArray array = variable.getArr();
      if (array.dataType() == DataType.INT32) {
        fixed[slot] = Tensor.ints(array.dup('c').data().asInt(), array.shape());
        return;
      }
      Tensor.Block block = Tensor.Block.allocate(Math.toIntExact(array.length()));
      fixed[slot] = Tensor.floats(block, array.shape());
      fixed[slot].write(0, array.dup('c').data().asFloat(), 0, fixed[slot].size());
    } else if (type == VariableType.PLACEHOLDER) {
      placeholders.put(name, slot);
    }
  }

  @Override
  public void writeOutputTo(String output, ParameterBuffer target, String name) {
    Tensor destination = target.tensor(name);
    destination.block().pin();
    int slot = plan.slots().get(output);
    destinations.put(slot, destination);
  }

  @Override
  public Map<String, INDArray> run(Inputs feeds) {
    Map<String, INDArray> result = new LinkedHashMap<>();
    computed(feeds).forEach((name, value) -> result.put(name, value.array()));
    return result;
  }

  @Override
  public void compute(Inputs feeds) {
    computed(feeds);
  }

  private Map<String, Tensor> computed(Inputs feeds) {
    results.forEach(this::release);
    results.clear();
    Tensor[] values = fixed.clone();
    placeholders.forEach((name, slot) -> values[slot] = given(name, feeds));
    times.begin();
    for (int i = 0; i < kernels.size(); i++) {
      run(i, values);
      times.ended(i);
    }
    for (int slot : placeholders.values()) {
      release(values[slot]);
    }
    Map<String, Tensor> outcome = new LinkedHashMap<>();
    for (String name : outputs) {
      int slot = plan.slots().get(name);
      Tensor value = delivered(slot, values);
      if (!destinations.containsKey(slot)) {
        outcome.put(name, value);
      }
    }
    return outcome;
  }

  @Override
  public void read(String output, int row, float[] target) {
    Tensor tensor = results.get(outputs.indexOf(output));
    tensor.read(row * tensor.width(), target, 0, tensor.width());
  }

  /**
   * An output where it is to be. Gradients that only pass through an addition are shared, so they
   * are copied.
   */
  private Tensor delivered(int slot, Tensor[] values) {
    Tensor value = values[slot];
    Tensor destination = destinations.get(slot);
    if (destination != null && destination.block() != value.block()) {
      float[] copy = new float[value.size()];
      value.read(0, copy, 0, copy.length);
      destination.write(0, copy, 0, copy.length);
      release(value);
      return destination;
    }
    if (destination == null) {
      results.add(value);
    }
    return value;
  }

  private Tensor given(String name, Inputs feeds) {
    Optional<StateCache> cache = feeds.cache(name);
    if (cache.isPresent()) {
      Tensor tensor = cache.get().tensor(name);
      tensor.block().retain();
      return tensor;
    }
    Optional<Inputs.Ints> ints = feeds.ints(name);
    if (ints.isPresent()) {
      return Tensor.ints(ints.get().values(), ints.get().shape());
    }
    Inputs.Floats floats =
        feeds.floats(name).orElseThrow(() -> new IllegalArgumentException("no value for " + name));
    Tensor tensor = allocate(floats.shape());
    tensor.write(0, floats.values(), 0, tensor.size());
    return tensor;
  }

  private Tensor allocate(long[] shape) {
    int length = Math.toIntExact(Shapes.size(shape));
    Tensor tensor = Tensor.floats(arena.take(length), shape);
    tensor.block().retain();
    return tensor;
  }

  private void release(Tensor tensor) {
    if (tensor.isFloat() && tensor.block().release()) {
      arena.give(tensor.block());
    }
  }

  private void run(int index, Tensor[] values) {
    Plan.Step step = plan.steps().get(index);
    Optional<Kernel> kernel = kernels.get(index);
    Tensor[] in = new Tensor[step.inputs().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = values[step.inputs()[i]];
    }
    if (kernel.isPresent() && kernel.get().suits(in)) {
      runKernel(index, kernel.get(), in, values);
    } else {
      runStock(step, in, values);
    }
    for (int slot : step.lastUses()) {
      release(values[slot]);
    }
  }

  private void runKernel(int index, Kernel kernel, Tensor[] in, Tensor[] values) {
    Plan.Step step = plan.steps().get(index);
    if (kernel.passesLastInputOn()) {
      for (int slot : step.outputs()) {
        values[slot] = in[in.length - 1];
        values[slot].block().retain();
      }
      return;
    }
    long[][] shapes = new long[in.length][];
    for (int i = 0; i < in.length; i++) {
      shapes[i] = in[i].shape();
    }
    long[][] results = kernel.outputShapes(shapes);
    Tensor[] out = new Tensor[results.length];
    for (int i = 0; i < out.length; i++) {
      int slot = step.outputs()[i];
      long[] shape = results[i];
      Tensor destination = destinations.get(slot);
      if (i == 0 && kernel.inPlace()) {
        out[i] = Tensor.floats(in[0].block(), results[0]);
        out[i].block().retain();
      } else if (destination != null) {
        out[i] = destination;
      } else {
        Optional<Tensor> dying =
            i == 0 ? overwritten(step, kernel, in, results[0]) : Optional.empty();
        out[i] = dying.orElseGet(() -> allocate(shape));
      }
      values[slot] = out[i];
    }
    kernel.run(in, out, workspace);
  }

  /**
   * A result of shape {@code shape} in the memory of an input that nobody else reads, now or later:
   * memory that is in the processor's cache, and less of it in all.
   */
  private static Optional<Tensor> overwritten(
      Plan.Step step, Kernel kernel, Tensor[] in, long[] shape) {
    for (int i = 0; i < in.length; i++) {
      int slot = step.inputs()[i];
      if (kernel.overwrites(i)
          && in[i].isFloat()
          && in[i].block().isSoleOfSession()
          && Arrays.equals(in[i].shape(), shape)
          && Arrays.stream(step.lastUses()).anyMatch(last -> last == slot)) {
        in[i].block().retain();
        return Optional.of(Tensor.floats(in[i].block(), shape));
      }
    }
    return Optional.empty();
  }

  private void runStock(Plan.Step step, Tensor[] in, Tensor[] values) {
    INDArray[] arrays = Arrays.stream(in).map(Tensor::array).toArray(INDArray[]::new);
    INDArray[] computed = Nd4jOps.run(step.op(), arrays);
    for (int i = 0; i < computed.length; i++) {
      Tensor tensor = allocate(computed[i].shape());
      tensor.write(0, computed[i].dup('c').data().asFloat(), 0, tensor.size());
      values[step.outputs()[i]] = tensor;
    }
  }

  @Override
  public Map<String, Double> secondsByOp() {
    return times.seconds();
  }

  @Override
  public void close() {
    arena.close();
  }
}
