package org.yuqiao.backend;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attention of which nobody asks to see scores or weights: scores, soft-max and context become one
 * step, which keeps a query's scores in the first-level cache and passes over positions that are
 * hidden from all.
 */
final class FusedAttention {
  private final Plan plan;
  private final IdentityHashMap<Plan.Step, Kernel> kernels = new IdentityHashMap<>();

  /** The attention of one place: its three steps. */
  private record Found(Plan.Step scores, Plan.Step softmax, Plan.Step context) {
    /** Whether nothing but the next of these steps reads what a step makes. */
    boolean isPrivate(Plan plan, Map<Integer, List<Integer>> readers) {
      int scored = scores.outputs()[0];
      int weights = softmax.outputs()[0];
      return readers.get(scored).size() == 1
          && readers.get(weights).size() == 1
          && !plan.kept().contains(scored)
          && !plan.kept().contains(weights);
    }

    /** The one step: queries, keys, mask and values to the context. */
    Plan.Step together() {
      int[] inputs = {
        scores.inputs()[0], scores.inputs()[1], softmax.inputs()[1], context.inputs()[1]
      };
      Set<Integer> last = new LinkedHashSet<>();
      for (Plan.Step step : List.of(scores, softmax, context)) {
        for (int slot : step.lastUses()) {
          last.add(slot);
        }
      }
      last.remove(scores.outputs()[0]);
      last.remove(softmax.outputs()[0]);
      int[] lastUses = last.stream().mapToInt(Integer::intValue).toArray();
      return new Plan.Step(context.op(), inputs, context.outputs(), lastUses);
    }

    Kernel kernel() {
      AttentionScoresOp op = (AttentionScoresOp) scores.op();
      return new OneStep(op.heads(), (float) op.scale());
    }
  }

  /** {@link FusedAttentionKernel} for q, k, mask and v. */
  private record OneStep(int heads, float scale) implements Kernel {
    @Override
    public long[][] outputShapes(long[][] in) {
      return new long[][] {{in[0][0], in[0][1], in[3][2]}};
    }

    @Override
    public void run(Tensor[] in, Tensor[] out, Scratch scratch) {
      FusedAttentionKernel.run(heads, scale, in, out[0], scratch);
    }
  }

  /** Finds it in {@code plan}. */
  FusedAttention(Plan plan) {
    Map<Integer, Integer> makers = plan.makers();
    Map<Integer, List<Integer>> readers = plan.readers();
    Set<Plan.Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    IdentityHashMap<Plan.Step, Plan.Step> merged = new IdentityHashMap<>();
    for (Plan.Step step : plan.steps()) {
      find(plan, step, makers)
          .filter(found -> found.isPrivate(plan, readers))
          .ifPresent(
              found -> {
                Plan.Step together = found.together();
                merged.put(step, together);
                gone.add(found.scores());
                gone.add(found.softmax());
                kernels.put(together, found.kernel());
              });
    }
    List<Plan.Step> steps =
        plan.steps().stream()
            .filter(step -> !gone.contains(step))
            .map(step -> merged.getOrDefault(step, step))
            .toList();
    this.plan = new Plan(steps, plan.slots(), plan.kept());
  }

  private static Optional<Found> find(Plan plan, Plan.Step context, Map<Integer, Integer> makers) {
    if (!(context.op() instanceof AttentionContextOp)) {
      return Optional.empty();
    }
    return maker(plan, makers, context.inputs()[0])
        .filter(step -> step.op() instanceof MaskedSoftmaxOp softmax && !softmax.causal())
        .flatMap(
            softmax ->
                maker(plan, makers, softmax.inputs()[0])
                    .filter(step -> step.op() instanceof AttentionScoresOp)
                    .map(scores -> new Found(scores, softmax, context)));
  }

  private static Optional<Plan.Step> maker(Plan plan, Map<Integer, Integer> makers, int slot) {
    return Optional.ofNullable(makers.get(slot)).map(plan.steps()::get);
  }

  /** The plan with those steps made one. */
  Plan plan() {
    return plan;
  }

  /** The kernel of a step that was made of three. */
  Optional<Kernel> kernelOf(Plan.Step step) {
    return Optional.ofNullable(kernels.get(step));
  }
}
