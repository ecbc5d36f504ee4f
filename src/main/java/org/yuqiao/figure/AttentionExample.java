package org.yuqiao.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.MultiHeadAttention;
import org.yuqiao.layers.attention.PositionOffset;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.Positions;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.base.Scope;

/**
 * One multi-head attention block on one sentence, in float64, with readable and writable
 * parameters.
 *
 * <p>The parameters are {@code attention.query.weight} {@code [D, D]} and {@code
 * attention.query.bias} {@code [D]}, the same for {@code key}, {@code value} and {@code output},
 * and the parameters of the position scheme.
 */
public final class AttentionExample implements AutoCloseable {
  private static final int MAX_LENGTH = 128;

  private final ParameterBuffer parameters;
  private final Session session;
  private final String scores;
  private final String weights;
  private final String output;

  /**
   * Creates a block with random parameters.
   *
   * @param width D
   * @param scheme the position scheme
   * @param relative sizes of the relative position schemes
   * @param causal whether a causal mask hides later positions
   * @param seed of the parameters
   */
  public AttentionExample(
      int width,
      AttentionSettings settings,
      PositionScheme scheme,
      RelativeSettings relative,
      boolean causal,
      long seed) {
    Scope scope = Scope.evaluation(DataType.DOUBLE);
    Positions positions =
        Positions.of(
            scheme,
            scope,
            new Positions.Stack("attention", causal, MAX_LENGTH, width, settings, relative));
    MultiHeadAttention block =
        new MultiHeadAttention(
            scope, "attention", width, settings, positions.inAttention("attention"));
    SDVariable x = positions.onEmbeddings(scope.input("x", 1, -1, width), PositionOffset.ZERO);
    SDVariable memory =
        positions.onEmbeddings(scope.input("memory", 1, -1, width), PositionOffset.ZERO);
    SDVariable mask = scope.input("mask", 1, -1);
    MultiHeadAttention.KeysAndValues keysAndValues = block.keysAndValues(memory);
    MultiHeadAttention.Attended attended = block.attend(x, keysAndValues, mask, causal);
    this.scores = block.scores(x, keysAndValues.keys(), mask, PositionOffset.ZERO).name();
    this.weights = attended.weights().name();
    this.output = attended.output().name();
    this.parameters = scope.initialize(seed);
    this.session =
        new Backend(1).session(scope.graph(), List.of(scores, weights, output), parameters);
  }

  /** Scaled dot-product attention as in "Attention Is All You Need", without positions. */
  public static AttentionExample ofPaper(int width, int heads, boolean causal) {
    return new AttentionExample(
        width,
        AttentionSettings.ofPaper(heads),
        PositionScheme.NONE,
        new RelativeSettings(1, 4, 3),
        causal,
        1);
  }

  /**
   * The output of the block.
   *
   * @param scores {@code [H, T, S]}: Q K&#x1D40; / sqrt(d_k)
   * @param weights {@code [H, T, S]}: the masked softmax of the scores
   * @param output {@code [T, D]}
   */
  public record Outcome(INDArray scores, INDArray weights, INDArray output) {}

  /** A view of a parameter; writes change the block. */
  public INDArray parameter(String name) {
    return parameters.view(name);
  }

  /** The names of all parameters. */
  public List<String> parameterNames() {
    List<String> names = new ArrayList<>();
    parameters.names().forEach(names::add);
    return names;
  }

  /** Self-attention of {@code x} {@code [T, D]}. */
  public Outcome of(INDArray x) {
    return of(x, x);
  }

  /** Cross-attention from {@code x} {@code [T, D]} to {@code memory} {@code [S, D]}. */
  public Outcome of(INDArray x, INDArray memory) {
    return of(x, memory, Nd4j.ones(DataType.DOUBLE, memory.rows()));
  }

  /**
   * Cross-attention with a padding mask.
   *
   * @param mask {@code [S]}, 1 for tokens, 0 for padding
   */
  public Outcome of(INDArray x, INDArray memory, INDArray mask) {
    Map<String, INDArray> results =
        session.run(
            new Inputs()
                .floats("x", floats(x), 1, x.rows(), x.columns())
                .floats("memory", floats(memory), 1, memory.rows(), memory.columns())
                .floats("mask", floats(mask), 1, mask.length()));
    return new Outcome(
        first(results.get(scores)), first(results.get(weights)), first(results.get(output)));
  }

  private static float[] floats(INDArray array) {
    return array.castTo(DataType.FLOAT).dup('c').reshape(array.length()).toFloatVector();
  }

  /** The only sentence of a batch, copied because sessions reuse their memory. */
  private static INDArray first(INDArray batch) {
    return batch.slice(0).dup();
  }

  @Override
  public void close() {
    session.close();
  }
}
