package org.yuqiao.backend.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SameDiff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.FusionPass;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Tensor;

/**
 * A plan with a kernel for each step and the weights of the graph.
 *
 * @param kernels one per step; empty where ND4J runs the op
 * @param weights the tensor of each weight by name
 * @param notes a line for each attention that could be fused and is not
 */
record CompiledPlan(
    Plan plan,
    List<Optional<Kernel>> kernels,
    Function<String, Tensor> weights,
    List<String> notes) {
  private static final Logger LOGGER = LoggerFactory.getLogger(CompiledPlan.class);

  /** For weights that may change between runs: no fusion, weights in their own layout. */
  static CompiledPlan of(SameDiff graph, Collection<String> outputs, ParameterBuffer parameters) {
    Plan plan = Plan.of(graph, outputs);
    List<Optional<Kernel>> kernels =
        plan.steps().stream().map(step -> Kernels.of(step.op())).toList();
    return new CompiledPlan(plan, kernels, parameters::tensor, List.of());
  }

  /** For inference: attention is fused, matmuls use the layouts of {@code weights}. */
  static CompiledPlan of(SameDiff graph, Collection<String> outputs, InferenceWeights weights) {
    Plan plan = Plan.of(graph, outputs);
    FusionPass fusion = FusionPass.ofAttention(plan);
    fusion.notes().forEach(LOGGER::debug);
    List<Optional<Kernel>> kernels =
        fusion.plan().steps().stream()
            .map(step -> fusion.kernelOf(step).or(() -> Kernels.of(step.op(), weights)))
            .toList();
    return new CompiledPlan(
        fusion.plan(),
        kernels,
        name -> isRead(plan, name) ? weights.tensor(name) : weights.shapeOf(name),
        fusion.notes());
  }

  /** Whether a step reads the weight {@code name} other than in a layout for matmuls. */
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
}
