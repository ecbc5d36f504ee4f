package org.yuqiao.backend.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;

/**
 * Reverse-mode differentiation: visits a graph's ops in reverse and adds each op's gradient to the
 * same graph.
 *
 * <p>SameDiff's own {@code createGradFunction} clones every op by name through FlatBuffers, which
 * replaces custom ops by ND4J's own, and prints a line for each.
 */
public final class Backpropagation {
  private Backpropagation() {}

  /**
   * Adds the backward pass to the graph of {@code loss}.
   *
   * @param loss the scalar {@code [1]} to differentiate
   * @param seed the gradient of the loss itself, {@code [1]}, usually the constant 1
   * @return the gradient of each variable of {@code wanted}, in that order
   * @throws IllegalArgumentException when the loss does not depend on one of them
   */
  public static Map<String, SDVariable> gradients(
      SDVariable loss, SDVariable seed, Collection<String> wanted) {
    SameDiff graph = loss.getSameDiff();
    List<SameDiffOp> ops = new ArrayList<>(graph.getOps().values());
    Set<String> dependent = dependents(ops, wanted);
    Map<String, SDVariable> gradients = new HashMap<>();
    gradients.put(loss.name(), seed);
    for (int i = ops.size() - 1; i >= 0; i--) {
      differentiate(ops.get(i), dependent, gradients);
    }
    Map<String, SDVariable> result = new LinkedHashMap<>();
    for (String name : wanted) {
      SDVariable gradient = gradients.get(name);
      if (gradient == null) {
        throw new IllegalArgumentException("the loss does not depend on " + name);
      }
      result.put(name, gradient);
    }
    return result;
  }

  /**
   * The names of all variables that depend on {@code wanted}, and of these. Graphs keep ops in the
   * order of their creation.
   */
  private static Set<String> dependents(List<SameDiffOp> ops, Collection<String> wanted) {
    Set<String> dependent = new HashSet<>(wanted);
    for (SameDiffOp op : ops) {
      if (op.getInputsToOp().stream().anyMatch(dependent::contains)) {
        dependent.addAll(op.getOutputsOfOp());
      }
    }
    return dependent;
  }

  private static void differentiate(
      SameDiffOp op, Set<String> dependent, Map<String, SDVariable> gradients) {
    List<SDVariable> incoming = new ArrayList<>();
    for (String output : op.getOutputsOfOp()) {
      SDVariable gradient = gradients.get(output);
      if (gradient != null) {
        incoming.add(gradient);
      }
    }
    // Ops are differentiated through their first outputs only; the others are by-products.
    if (incoming.isEmpty() || op.getInputsToOp().stream().noneMatch(dependent::contains)) {
      return;
    }
    List<SDVariable> outgoing = op.getOp().doDiff(incoming);
    List<String> inputs = op.getInputsToOp();
    for (int i = 0; i < inputs.size(); i++) {
      String input = inputs.get(i);
      if (dependent.contains(input)) {
        gradients.merge(input, outgoing.get(i), Backpropagation::sum);
      }
    }
  }

  private static SDVariable sum(SDVariable a, SDVariable b) {
    return new AddOp(a.getSameDiff(), a, b).outputVariable();
  }
}
