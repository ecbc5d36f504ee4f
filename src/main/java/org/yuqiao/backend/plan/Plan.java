package org.yuqiao.backend.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * The order in which a graph's ops run for certain outputs, made once: SameDiff's own session works
 * it out anew at every call. Every variable has a slot for its value; memory is free for reuse
 * after the step that reads the slot last.
 *
 * @param steps the ops needed, in order
 * @param slots the slot of each variable by name
 * @param kept the slots whose values outlive the run: outputs, weights, constants, placeholders
 */
public record Plan(List<Step> steps, Map<String, Integer> slots, Set<Integer> kept) {

  /**
   * One op.
   *
   * @param inputs the slots it reads
   * @param outputs the slots it fills
   * @param lastUses the slots that no later step reads
   */
  public record Step(DifferentialFunction op, int[] inputs, int[] outputs, int[] lastUses) {}

  /**
   * Plans {@code graph} for {@code outputs}. SameDiff keeps ops in the order of their creation,
   * which is a topological one.
   */
  public static Plan of(SameDiff graph, Collection<String> outputs) {
    List<SameDiffOp> needed = needed(graph, outputs);
    Map<String, Integer> slots = new HashMap<>();
    Set<String> computed = new HashSet<>();
    for (SameDiffOp op : needed) {
      op.getInputsToOp().forEach(name -> slots.putIfAbsent(name, slots.size()));
      op.getOutputsOfOp().forEach(name -> slots.putIfAbsent(name, slots.size()));
      computed.addAll(op.getOutputsOfOp());
    }
    Set<Integer> kept = new HashSet<>();
    slots.forEach(
        (name, slot) -> {
          if (!computed.contains(name) || outputs.contains(name)) {
            kept.add(slot);
          }
        });
    return new Plan(steps(needed, slots, kept), Map.copyOf(slots), Set.copyOf(kept));
  }

  /** The name of the variable in {@code slot}. */
  String nameOf(int slot) {
    return slots.entrySet().stream()
        .filter(entry -> entry.getValue() == slot)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static List<SameDiffOp> needed(SameDiff graph, Collection<String> outputs) {
    List<SameDiffOp> all = new ArrayList<>(graph.getOps().values());
    Set<String> required = new HashSet<>(outputs);
    List<SameDiffOp> needed = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      SameDiffOp op = all.get(i);
      if (op.getOutputsOfOp().stream().anyMatch(required::contains)) {
        needed.add(0, op);
        required.addAll(op.getInputsToOp());
      }
    }
    return needed;
  }

  private static List<Step> steps(
      List<SameDiffOp> ops, Map<String, Integer> slots, Set<Integer> kept) {
    Set<Integer> seen = new HashSet<>(kept);
    List<Step> steps = new ArrayList<>();
    for (int i = ops.size() - 1; i >= 0; i--) {
      SameDiffOp op = ops.get(i);
      int[] inputs = op.getInputsToOp().stream().mapToInt(slots::get).toArray();
      int[] outputs = op.getOutputsOfOp().stream().mapToInt(slots::get).toArray();
      List<Integer> last = new ArrayList<>();
      for (int[] group : new int[][] {outputs, inputs}) {
        for (int slot : group) {
          if (seen.add(slot)) {
            last.add(slot);
          }
        }
      }
      int[] lastUses = last.stream().mapToInt(Integer::intValue).toArray();
      steps.add(0, new Step(op.getOp(), inputs, outputs, lastUses));
    }
    return List.copyOf(steps);
  }

  /** The number of the step that fills each slot; weights, constants and placeholders have none. */
  Map<Integer, Integer> producers() {
    Map<Integer, Integer> producers = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (int slot : steps.get(i).outputs()) {
        producers.put(slot, i);
      }
    }
    return producers;
  }

  /** The numbers of the steps that read each slot, once per reading. */
  Map<Integer, List<Integer>> consumers() {
    Map<Integer, List<Integer>> consumers = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (int slot : steps.get(i).inputs()) {
        consumers.computeIfAbsent(slot, s -> new ArrayList<>()).add(i);
      }
    }
    return consumers;
  }
}
