package org.yuqiao.model.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.yuqiao.backend.op.AddPositionsOp;
import org.yuqiao.backend.op.EmbeddingLookupOp;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.base.EmbeddingScale;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.TeacherForcedGraph;

/**
 * The variables of an encoder or a decoder in a {@link TeacherForcedGraph}.
 *
 * @param embeddings sqrt(D) E[ids] {@code [B, T, D]}
 * @param input the first layer's input {@code [B, T, D]}
 * @param positions the parameter or constant {@code [P, D]} that is added to the embeddings
 * @param layers the layers, the lowest first
 * @param output of the whole stack {@code [B, T, D]}
 */
public record StackVariables(
    String embeddings,
    String input,
    Optional<String> positions,
    List<Layer> layers,
    String output) {

  /**
   * A layer.
   *
   * @param residual of its first sub-layer
   * @param self its self-attention; empty where an SSRU takes its place
   * @param cross its cross-attention, in a decoder
   */
  public record Layer(
      ResidualVariables residual,
      Optional<AttentionVariables> self,
      Optional<AttentionVariables> cross,
      FeedForwardVariables network) {}

  /**
   * The encoder of a Transformer.
   *
   * @throws IllegalArgumentException for a recurrent model
   */
  public static StackVariables encoder(EncoderDecoder model, TeacherForcedGraph graph) {
    requireTransformer(model);
    GraphOps ops = new GraphOps(graph.graph());
    String memory = GraphOps.input(ops.linear("decoder.0.cross.value.weight"), 0);
    List<Layer> layers =
        IntStream.range(0, model.settings().encoderLayers())
            .mapToObj(i -> layer(ops, model.settings(), "encoder." + i, false))
            .toList();
    return of(ops, model.settings(), EncoderDecoder.SOURCE, layers, memory);
  }

  /**
   * The decoder of a Transformer.
   *
   * @throws IllegalArgumentException for a recurrent model
   */
  public static StackVariables decoder(EncoderDecoder model, TeacherForcedGraph graph) {
    requireTransformer(model);
    GraphOps ops = new GraphOps(graph.graph());
    List<Layer> layers =
        IntStream.range(0, model.settings().decoderLayers())
            .mapToObj(i -> layer(ops, model.settings(), "decoder." + i, true))
            .toList();
    String states = GraphOps.input(ops.producer(graph.logits()), 0);
    return of(ops, model.settings(), EncoderDecoder.TARGET_IN, layers, states);
  }

  private static void requireTransformer(EncoderDecoder model) {
    if (model.settings().kind() != ModelKind.ENCODER_DECODER) {
      throw new IllegalArgumentException("a recurrent model has no layers of attention");
    }
  }

  private static Layer layer(GraphOps ops, ModelSettings settings, String name, boolean isDecoder) {
    Optional<AttentionVariables> self =
        isDecoder && settings.decoderBlock() == DecoderBlockType.SSRU
            ? Optional.empty()
            : Optional.of(AttentionVariables.of(ops, name + ".self", settings.layerNorm()));
    return new Layer(
        self.map(AttentionVariables::residual)
            .orElseGet(() -> ofSsru(ops, name + ".self", settings)),
        self,
        isDecoder
            ? Optional.of(AttentionVariables.of(ops, name + ".cross", settings.layerNorm()))
            : Optional.empty(),
        FeedForwardVariables.of(ops, name + ".feedForward", settings));
  }

  private static ResidualVariables ofSsru(GraphOps ops, String name, ModelSettings settings) {
    String gates = GraphOps.output(ops.linear(name + ".forget.weight"));
    String state = GraphOps.output(ops.consumers(gates).get(0));
    String output = GraphOps.output(ops.consumers(state).get(0));
    return ResidualVariables.of(ops, name, output, settings.layerNorm());
  }

  private static StackVariables of(
      GraphOps ops, ModelSettings settings, String ids, List<Layer> layers, String output) {
    DifferentialFunction lookup =
        ops.reading(EmbeddingLookupOp.class, op -> op.args()[1].name().equals(ids));
    String rows = GraphOps.output(lookup);
    String embeddings =
        settings.embeddingScale() == EmbeddingScale.SQRT
            ? GraphOps.output(ops.consumers(rows).get(0))
            : rows;
    String input = layers.get(0).residual().input();
    Optional<String> positions =
        ops.producer(input) instanceof AddPositionsOp adding
            ? Optional.of(GraphOps.input(adding, 1))
            : Optional.empty();
    return new StackVariables(embeddings, input, positions, layers, output);
  }

  /** The names of all variables that the graph computes, each once. */
  public List<String> computed() {
    List<String> all = new ArrayList<>(List.of(embeddings, input, output));
    for (Layer layer : layers) {
      all.addAll(layer.residual().all());
      layer.self().ifPresent(self -> all.addAll(self.all()));
      layer.cross().ifPresent(cross -> all.addAll(cross.all()));
      all.addAll(layer.network().all());
    }
    return all.stream().distinct().toList();
  }
}
