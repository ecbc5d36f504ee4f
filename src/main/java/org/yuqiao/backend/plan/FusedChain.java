package org.yuqiao.backend.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yuqiao.backend.kernel.Kernel;

/**
 * Steps of a plan that one kernel computes together, each reading the output of the one before.
 *
 * @param inputs the slots that the kernel reads
 * @param kernel computes the output of the last step
 */
record FusedChain(List<Plan.Step> steps, int[] inputs, Kernel kernel) {
  private Plan.Step last() {
    return steps.get(steps.size() - 1);
  }

  /** The slots that all steps but the last fill. */
  private List<Integer> intermediates() {
    return steps.subList(0, steps.size() - 1).stream().map(step -> step.outputs()[0]).toList();
  }

  /** Whether only the steps of the chain read its intermediate results. */
  boolean isClosed(Plan plan, Map<Integer, List<Integer>> consumers) {
    return intermediates().stream()
        .allMatch(slot -> consumers.get(slot).size() == 1 && !plan.kept().contains(slot));
  }

  /** The one step that replaces the chain. */
  Plan.Step fused() {
    Set<Integer> unused = new LinkedHashSet<>();
    for (Plan.Step step : steps) {
      for (int slot : step.lastUses()) {
        unused.add(slot);
      }
    }
    intermediates().forEach(unused::remove);
    int[] lastUses = unused.stream().mapToInt(Integer::intValue).toArray();
    return new Plan.Step(last().op(), inputs, last().outputs(), lastUses);
  }
}
