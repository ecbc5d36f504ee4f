package org.yuqiao.layers.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.op.recurrent.FinalStatesOp;
import org.yuqiao.backend.op.recurrent.RecurrentState;
import org.yuqiao.layers.base.Initializer;
import org.yuqiao.layers.base.Linear;
import org.yuqiao.layers.base.Scope;

/** A recurrent decoder with attention to the encoder's states. */
public abstract sealed class RecurrentDecoder permits BahdanauDecoder, LuongDecoder {
  private final Scope scope;
  private final String name;
  private final Sizes sizes;

  /**
   * The sizes of a decoder.
   *
   * @param settings H and the choices
   * @param layers how many
   * @param width D, of the embeddings and of the result
   */
  public record Sizes(RecurrentSettings settings, int layers, int width) {
    int hidden() {
      return settings.hiddenSize();
    }
  }

  /**
   * The output of a decoder.
   *
   * @param output input of the output layer {@code [B, T, D]}
   * @param weights cross-attention {@code [B, 1, T, S]}
   */
  public record Decoded(SDVariable output, SDVariable weights) {}

  /**
   * The projected source, computed once.
   *
   * @param keys {@code [B, S, H]}; the memory itself with dot attention
   * @param memory the encoder's states {@code [B, S, H]}
   */
  public record Source(SDVariable keys, SDVariable memory) {}

  /**
   * The result of one position.
   *
   * @param decoded with T = 1; weights are {@code [N, 1, B/N, S]}
   * @param states of each layer after the position
   */
  public record Stepped(Decoded decoded, List<RecurrentState> states) {}

  RecurrentDecoder(Scope scope, String name, Sizes sizes) {
    this.scope = scope;
    this.name = name;
    this.sizes = sizes;
  }

  /** The decoder that the settings name, its parameters under {@code name}. */
  public static RecurrentDecoder of(Scope scope, String name, Sizes sizes) {
    return sizes.settings().attention() == RecurrentAttention.ADDITIVE
        ? new BahdanauDecoder(scope, name, sizes)
        : new LuongDecoder(scope, name, sizes);
  }

  /**
   * All positions of given translations.
   *
   * @param x embedded target {@code [B, T, D]}
   * @param mask {@code [B, T]} of it
   * @param memory the encoder's states {@code [B, S, H]}
   * @param memoryMask {@code [B, S]}
   */
  public abstract Decoded of(
      SDVariable x, SDVariable mask, SDVariable memory, SDVariable memoryMask);

  /** The projected source of {@code memory} {@code [B, S, H]}. */
  public abstract Source source(SDVariable memory);

  /**
   * One position of B hypotheses of N sentences.
   *
   * @param x {@code [B, 1, D]}
   * @param before the states of each layer before the position {@code [B, 1, H]}
   * @param source of N sentences
   * @param memoryMask {@code [N, S]}
   */
  public abstract Stepped step(
      SDVariable x, List<RecurrentState> before, Source source, SDVariable memoryMask);

  /**
   * The initial states of the layers: tanh(f W + b) with the encoder's final states f (Bahdanau et
   * al. 2015, appendix A.2.2, who take the backward one only).
   */
  public final List<RecurrentState> initialStates(SDVariable memory) {
    SDVariable last = FinalStatesOp.of(memory);
    List<RecurrentState> states = new ArrayList<>();
    for (int i = 0; i < sizes.layers(); i++) {
      SDVariable h = initialState(last, i, "h");
      Optional<SDVariable> c =
          sizes.settings().cell().hasMemory()
              ? Optional.of(initialState(last, i, "c"))
              : Optional.empty();
      states.add(new RecurrentState(h, c));
    }
    return states;
  }

  private SDVariable initialState(SDVariable last, int layer, String what) {
    String full = name + "." + layer + ".beginning." + what;
    return tanh(new Linear(scope, full, sizes.hidden(), sizes.hidden()).of(last));
  }

  final Scope scope() {
    return scope;
  }

  final SDVariable tanh(SDVariable x) {
    return scope.graph().math().tanh(x);
  }

  /** Layer {@code i} with {@code inputs} input columns. */
  final RecurrentLayer layer(int i, int inputs) {
    return new RecurrentLayer(
        scope, name + "." + i, sizes.settings().cell(), inputs, sizes.hidden());
  }

  /** The matrix {@code what} {@code [rows, columns]}. */
  final SDVariable matrix(String what, int rows, int columns) {
    return scope.parameter(name + "." + what, new Initializer.XavierUniform(), rows, columns);
  }

  /** tanh(x W + b + y M): one projection of x and y side by side. */
  final SDVariable readout(Linear first, SDVariable x, SDVariable matrix, SDVariable y) {
    return scope.dropout(tanh(first.of(x).add(LinearOp.of(y, matrix))));
  }
}
