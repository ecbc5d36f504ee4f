package org.yuqiao.backend.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yuqiao.backend.kernel.Kernel;
import org.yuqiao.backend.plan.FusionPattern.Producers;

/** Replaces chains of steps by one step each, where nothing else reads the results in between. */
public final class FusionPass {
  private final Plan plan;
  private final IdentityHashMap<Plan.Step, Kernel> kernels = new IdentityHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** Fuses the attention of {@code plan}. */
  public static FusionPass ofAttention(Plan plan) {
    return new FusionPass(plan, List.of(new FusedAttention()));
  }

  FusionPass(Plan plan, List<FusionPattern> patterns) {
    Map<Integer, Integer> numbers = plan.producers();
    Producers producers = slot -> Optional.ofNullable(numbers.get(slot)).map(plan.steps()::get);
    Map<Integer, List<Integer>> consumers = plan.consumers();
    Set<Plan.Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    IdentityHashMap<Plan.Step, Plan.Step> fused = new IdentityHashMap<>();
    for (Plan.Step step : plan.steps()) {
      for (FusionPattern pattern : patterns) {
        Optional<FusedChain> chain = pattern.find(step, producers);
        Optional<String> obstacle =
            chain.isEmpty()
                ? pattern.obstacle(step, producers)
                : chain
                    .filter(found -> !found.isClosed(plan, consumers))
                    .map(found -> "its scores or weights are read elsewhere");
        obstacle.ifPresent(reason -> notes.add(note(plan, step, reason)));
        if (chain.isPresent() && obstacle.isEmpty()) {
          Plan.Step replacement = chain.get().fused();
          gone.addAll(chain.get().steps());
          fused.put(step, replacement);
          kernels.put(replacement, chain.get().kernel());
        }
      }
    }
    List<Plan.Step> steps =
        plan.steps().stream()
            .filter(step -> fused.containsKey(step) || !gone.contains(step))
            .map(step -> fused.getOrDefault(step, step))
            .toList();
    this.plan = new Plan(steps, plan.slots(), plan.kept());
  }

  private static String note(Plan plan, Plan.Step step, String reason) {
    return plan.nameOf(step.outputs()[0]) + " is not fused: " + reason;
  }

  /** The plan after fusion. */
  public Plan plan() {
    return plan;
  }

  /** The kernel of a fused step; empty for every other step. */
  public Optional<Kernel> kernelOf(Plan.Step step) {
    return Optional.ofNullable(kernels.get(step));
  }

  /** The number of fused steps. */
  public int size() {
    return kernels.size();
  }

  /** A line for each attention that is not fused, with the reason. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
