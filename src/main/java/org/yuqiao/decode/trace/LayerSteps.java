package org.yuqiao.decode.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.trace.AttentionVariables;
import org.yuqiao.model.trace.FeedForwardVariables;
import org.yuqiao.model.trace.ResidualVariables;
import org.yuqiao.model.trace.StackVariables;

/**
 * From the input of a layer to the output of its stack: attention of one head, all heads together,
 * residual connections, norms, feed-forward network.
 */
record LayerSteps(Formulas formulas, TracedValues values, AttentionHead head) {
  private ModelSettings settings() {
    return formulas.settings();
  }

  private int width() {
    return settings().hiddenSize();
  }

  /**
   * The steps.
   *
   * @param read the labels of source tokens
   * @param fed the labels of the decoder's input tokens
   */
  List<Step> of(StackVariables stack, List<String> read, List<String> fed) {
    StackVariables.Layer layer = stack.layers().get(head.layer() - 1);
    boolean isCross = head.kind() == AttentionKind.CROSS;
    AttentionVariables attention =
        isCross ? layer.cross().orElseThrow() : layer.self().orElseThrow();
    List<String> rows = head.kind() == AttentionKind.ENCODER ? read : fed;
    List<Step> steps = new ArrayList<>();
    ResidualVariables residual = attention.residual();
    if (!residual.input().equals(stack.input())) {
      steps.add(step("layer-input", "X", "X = " + layerInput(), rows, residual.input()));
    }
    if (isCross) {
      steps.add(step("memory", "M", "M = Encoder(source)", read, attention.memory()));
    }
    residual
        .normBefore()
        .ifPresent(norm -> steps.add(step("norm", "N", Formulas.norm("N", "X"), rows, norm)));
    String reads = residual.normBefore().isPresent() ? "N" : "X";
    steps.addAll(
        new AttentionSteps(formulas, values, head)
            .of(attention, rows, isCross ? read : rows, reads));
    steps.add(step("residual", "R", "R = X + P", rows, residual.sum()));
    residual
        .normAfter()
        .ifPresent(norm -> steps.add(step("norm", "N", Formulas.norm("N", "R"), rows, norm)));
    String after = residual.normAfter().isPresent() ? "N" : "R";
    Optional<AttentionVariables> cross =
        head.kind() == AttentionKind.DECODER ? layer.cross() : Optional.empty();
    if (cross.isPresent()) {
      String formula = crossAttention(after);
      steps.add(step("after-cross", "R′", formula, rows, cross.get().residual().output()));
      after = "R′";
    }
    steps.addAll(network(layer.network(), rows, after));
    output(stack, layer.network(), rows).ifPresent(steps::add);
    return steps;
  }

  private Step step(String id, String symbol, String formula, List<String> rows, String variable) {
    return new Step(
        id, symbol, formula, LabeledMatrix.of(rows, values.matrix(variable, rows.size(), width())));
  }

  private String layerInput() {
    String below = Formulas.layers(1, head.layer() - 1, EmbeddingSteps.inputSymbol(head));
    return head.kind() == AttentionKind.CROSS
        ? block() + Formulas.subscript(head.layer()) + "(" + below + ")"
        : below;
  }

  private String block() {
    return switch (settings().decoderBlock()) {
      case SELF_ATTENTION -> "SelfAttention";
      case SSRU -> "SSRU";
    };
  }

  private String crossAttention(String x) {
    String sum = x + " + CrossAttention" + Formulas.subscript(head.layer()) + "(" + x + ", M)";
    return settings().layerNorm() == NormPlacement.PRE
        ? "R′ = " + sum
        : "R′ = LayerNorm(" + sum + ")";
  }

  private List<Step> network(FeedForwardVariables network, List<String> rows, String x) {
    List<Step> steps = new ArrayList<>();
    ResidualVariables residual = network.residual();
    residual
        .normBefore()
        .ifPresent(norm -> steps.add(step("norm-2", "N₂", Formulas.norm("N₂", x), rows, norm)));
    String reads = residual.normBefore().isPresent() ? "N₂" : x;
    steps.add(inner("feed-forward-1", "H", "H = " + reads + " W₁ + b₁", rows, network.hidden()));
    steps.add(inner("activation", "G", formulas.activation("G", "H"), rows, network.activated()));
    network
        .gate()
        .ifPresent(
            gate -> {
              steps.add(inner("gate", "U", "U = " + reads + " V + c", rows, gate));
              steps.add(inner("gated", "G′", "G′ = G ⊙ U", rows, network.gated()));
            });
    String last = network.gate().isPresent() ? "G′" : "G";
    steps.add(step("feed-forward-2", "Y", "Y = " + last + " W₂ + b₂", rows, network.output()));
    steps.add(step("residual-2", "R₂", "R₂ = " + x + " + Y", rows, residual.sum()));
    residual
        .normAfter()
        .ifPresent(norm -> steps.add(step("norm-2", "N₂", Formulas.norm("N₂", "R₂"), rows, norm)));
    return steps;
  }

  /** A matrix of the feed-forward network's inner size. */
  private Step inner(String id, String symbol, String formula, List<String> rows, String variable) {
    float[][] matrix = values.matrix(variable, rows.size(), settings().feedForwardSize());
    return new Step(id, symbol, formula, LabeledMatrix.of(rows, matrix));
  }

  /** The output of the stack; empty where it is that of the layer. */
  private Optional<Step> output(
      StackVariables stack, FeedForwardVariables network, List<String> rows) {
    if (network.residual().output().equals(stack.output())) {
      return Optional.empty();
    }
    boolean isPre = settings().layerNorm() == NormPlacement.PRE;
    String above = Formulas.layers(head.layer() + 1, stack.layers().size(), isPre ? "R₂" : "N₂");
    String formula = isPre ? "F = LayerNorm(" + above + ")" : "F = " + above;
    return Optional.of(step("output", "F", formula, rows, stack.output()));
  }
}
