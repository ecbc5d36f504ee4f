package org.yuqiao.backend.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yuqiao.backend.kernel.Kernel;

/**
 * Steps of a plan that one kernel computes together, because nobody else reads what lies between
 * them.
 */
public final class FusionPass {
  private final Plan plan;
  private final IdentityHashMap<Plan.Step, Kernel> kernels = new IdentityHashMap<>();

  /**
   * Steps each of which reads what the one before it makes.
   *
   * @param inputs the slots that the kernel reads
   * @param kernel computes what the last step makes
   */
  public record Chain(List<Plan.Step> steps, int[] inputs, Kernel kernel) {
    private Plan.Step last() {
      return steps.get(steps.size() - 1);
    }

    /** The slots that all steps but the last fill. */
    private List<Integer> between() {
      return steps.subList(0, steps.size() - 1).stream().map(step -> step.outputs()[0]).toList();
    }

    /** Whether nothing but the next step reads what a step makes. */
    private boolean isPrivate(Plan plan, Map<Integer, List<Integer>> readers) {
      return between().stream()
          .allMatch(slot -> readers.get(slot).size() == 1 && !plan.kept().contains(slot));
    }

    private Plan.Step together() {
      Set<Integer> unused = new LinkedHashSet<>();
      for (Plan.Step step : steps) {
        for (int slot : step.lastUses()) {
          unused.add(slot);
        }
      }
      between().forEach(unused::remove);
      int[] lastUses = unused.stream().mapToInt(Integer::intValue).toArray();
      return new Plan.Step(last().op(), inputs, last().outputs(), lastUses);
    }
  }

  /** Tells which step makes what is in a slot, if one does. */
  @FunctionalInterface
  public interface Producers {
    Optional<Plan.Step> of(int slot);
  }

  /** Finds the chain that ends with a step. */
  @FunctionalInterface
  public interface Pattern {
    Optional<Chain> find(Plan.Step last, Producers makers);
  }

  /** Merges what {@code finders} find in {@code plan}. */
  public FusionPass(Plan plan, List<Pattern> finders) {
    Map<Integer, Integer> numbers = plan.makers();
    Producers makers = slot -> Optional.ofNullable(numbers.get(slot)).map(plan.steps()::get);
    Map<Integer, List<Integer>> readers = plan.readers();
    Set<Plan.Step> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    IdentityHashMap<Plan.Step, Plan.Step> merged = new IdentityHashMap<>();
    for (Plan.Step step : plan.steps()) {
      finders.stream()
          .flatMap(finder -> finder.find(step, makers).stream())
          .filter(chain -> chain.isPrivate(plan, readers))
          .findFirst()
          .ifPresent(
              chain -> {
                Plan.Step together = chain.together();
                gone.addAll(chain.steps());
                merged.put(step, together);
                kernels.put(together, chain.kernel());
              });
    }
    List<Plan.Step> steps =
        plan.steps().stream()
            .filter(step -> merged.containsKey(step) || !gone.contains(step))
            .map(step -> merged.getOrDefault(step, step))
            .toList();
    this.plan = new Plan(steps, plan.slots(), plan.kept());
  }

  /** The plan with those steps made one. */
  public Plan plan() {
    return plan;
  }

  /** The kernel of a step that was made of several. */
  public Optional<Kernel> kernelOf(Plan.Step step) {
    return Optional.ofNullable(kernels.get(step));
  }
}
