package org.yuqiao.backend.plan;

import org.yuqiao.backend.kernel.Kernel;


import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Additions that need no pass of their own: when one term is made by a kernel that can add to what
 * is there, and the other term exists before and is not read by anybody else afterwards, the kernel
 * adds the one to the other. In a backward pass these are most of the sums of gradients: behind
 * residual connections, of queries, keys and values, of a tied embedding.
 */
public final class FusedAdditions {
  /**
   * One such addition.
   *
   * @param step the number of the step that makes the term
   * @param output which of its outputs the term is
   * @param term its slot
   * @param other the slot of the other term
   * @param addition the number of the step that adds them
   * @param sum the slot of their sum
   */
  public record Fusion(int step, int output, int term, int other, int addition, int sum) {}

  private final List<Optional<Fusion>> bySteps;
  private final List<Optional<Fusion>> byAdditions;

  /** Finds them in {@code plan}, whose steps are computed by {@code kernels}. */
  public FusedAdditions(Plan plan, List<Optional<Kernel>> kernels) {
    this.bySteps = new ArrayList<>(Collections.nCopies(plan.steps().size(), Optional.empty()));
    this.byAdditions = new ArrayList<>(bySteps);
    Map<Integer, Integer> makers = plan.makers();
    Map<Integer, List<Integer>> readers = plan.readers();
    for (int i = 0; i < plan.steps().size(); i++) {
      Plan.Step step = plan.steps().get(i);
      if (step.op().opName().equals("add") && step.inputs()[0] != step.inputs()[1]) {
        for (int term = 0; term < 2 && byAdditions.get(i).isEmpty(); term++) {
          consider(plan, kernels, makers, readers, i, term);
        }
      }
    }
  }

  private void consider(
      Plan plan,
      List<Optional<Kernel>> kernels,
      Map<Integer, Integer> makers,
      Map<Integer, List<Integer>> readers,
      int addition,
      int index) {
    Plan.Step step = plan.steps().get(addition);
    int term = step.inputs()[index];
    int other = step.inputs()[1 - index];
    Integer maker = makers.get(term);
    Integer otherMaker = makers.get(other);
    if (maker == null
        || otherMaker == null
        || otherMaker >= maker
        || bySteps.get(maker).isPresent()) {
      return;
    }
    int output = indexOf(plan.steps().get(maker).outputs(), term);
    boolean addable = kernels.get(maker).map(kernel -> kernel.adds(output)).orElse(false);
    boolean nobodyElse =
        readers.get(term).size() == 1
            && readers.get(other).stream().allMatch(r -> r == addition || r < maker)
            && !plan.kept().contains(term)
            && !plan.kept().contains(other);
    if (addable && nobodyElse) {
      Fusion fusion = new Fusion(maker, output, term, other, addition, step.outputs()[0]);
      bySteps.set(maker, Optional.of(fusion));
      byAdditions.set(addition, Optional.of(fusion));
    }
  }

  private static int indexOf(int[] slots, int slot) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == slot) {
        return i;
      }
    }
    throw new IllegalArgumentException("no output " + slot);
  }

  /** The fusion in which step {@code step} makes a term. */
  public Optional<Fusion> madeBy(int step) {
    return bySteps.get(step);
  }

  /** The fusion that stands for step {@code step}, an addition. */
  public Optional<Fusion> inPlaceOf(int step) {
    return byAdditions.get(step);
  }

  /** The fusion whose sum is {@code slot}. */
  public Optional<Fusion> of(int slot) {
    return byAdditions.stream()
        .flatMap(Optional::stream)
        .filter(fusion -> fusion.sum() == slot)
        .findFirst();
  }
}
