package org.yuqiao.decode.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.model.TeacherForcedGraph;
import org.yuqiao.model.trace.StackVariables;

/** From tokens to the input of the first layer. */
record EmbeddingSteps(
    TeacherForcedGraph graph, InferenceWeights weights, Formulas formulas, TracedValues values) {
  /** The symbol of the first layer's input: another layer's input gets the plain X. */
  static String inputSymbol(AttentionHead head) {
    return head.layer() > 1 || head.kind() == AttentionKind.CROSS ? "X₀" : "X";
  }

  /** The steps of {@code tokens}. */
  List<Step> of(
      StackVariables stack, AttentionHead head, List<TracedToken> tokens, int vocabulary) {
    int length = tokens.size();
    int width = formulas.settings().hiddenSize();
    List<String> labels = TracedToken.texts(tokens);
    float[][] ids = new float[length][];
    int[][] columns = new int[length][];
    for (int t = 0; t < length; t++) {
      ids[t] = new float[] {tokens.get(t).id()};
      columns[t] = new int[] {tokens.get(t).id()};
    }
    float[][] ones = new float[length][1];
    Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("tokens", "t", "id(t)", LabeledMatrix.of(labels, List.of("id"), ids)));
    steps.add(
        new Step(
            "one-hot",
            "O",
            "O[t, id(t)] = 1, else 0",
            LabeledMatrix.overVocabulary(labels, vocabulary, ones, columns)));
    steps.add(
        new Step(
            "embedding",
            "E",
            formulas.embedding(),
            LabeledMatrix.of(labels, values.matrix(stack.embeddings(), length, width))));
    stack
        .positions()
        .ifPresent(
            name ->
                steps.add(
                    new Step(
                        "position",
                        "PE",
                        formulas.positionEncoding(),
                        LabeledMatrix.of(labels, firstRows(name, length, width)))));
    String symbol = inputSymbol(head);
    steps.add(
        new Step(
            "input",
            symbol,
            symbol + (stack.positions().isPresent() ? " = E + PE" : " = E"),
            LabeledMatrix.of(labels, values.matrix(stack.input(), length, width))));
    return steps;
  }

  /** The first rows of a table that is a constant of the graph or a learned parameter. */
  private float[][] firstRows(String name, int rows, int width) {
    SDVariable table = graph.graph().getVariable(name);
    float[] all =
        table.getVariableType() == VariableType.CONSTANT
            ? table.getArr().dup('c').data().asFloat()
            : weights.floats(name);
    float[][] first = new float[rows][];
    Arrays.setAll(first, t -> Arrays.copyOfRange(all, t * width, (t + 1) * width));
    return first;
  }
}
