package org.yuqiao.decode.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.yuqiao.decode.trace.NaiveMatrices.doubles;
import static org.yuqiao.decode.trace.NaiveMatrices.matmul;
import static org.yuqiao.decode.trace.NaiveMatrices.plus;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.model.ModelSettings;

/** The steps of a trace by their ids, with the settings and parameters of the traced model. */
final class TracedSteps {
  static final double TOLERANCE = 1e-4;

  private final ModelSettings settings;
  private final ParameterBuffer parameters;
  private final AttentionHead head;
  private final Map<String, Step> steps;

  TracedSteps(ModelSettings settings, ParameterBuffer parameters, HeadTrace trace) {
    this.settings = settings;
    this.parameters = parameters;
    this.head = trace.head();
    this.steps = trace.steps().stream().collect(Collectors.toMap(Step::id, step -> step));
  }

  ModelSettings settings() {
    return settings;
  }

  AttentionHead tracedHead() {
    return head;
  }

  /** The stack of the head: {@code encoder} or {@code decoder}. */
  String stack() {
    return head.kind() == AttentionKind.ENCODER ? "encoder" : "decoder";
  }

  /** The prefix of the parameters of the head's layer. */
  String layer() {
    return stack() + "." + (head.layer() - 1);
  }

  /** The prefix of the parameters of the head's attention. */
  String attention() {
    return layer() + (isSelfAttention() ? ".self" : ".cross");
  }

  boolean isSelfAttention() {
    return head.kind() != AttentionKind.CROSS;
  }

  boolean isPreNorm() {
    return settings.layerNorm() == NormPlacement.PRE;
  }

  /** The id of the step that the layer reads. */
  String layerInput() {
    return has("layer-input") ? "layer-input" : "input";
  }

  /** The number of columns of a head. */
  int headSize() {
    return settings.hiddenSize() / settings.attention().heads();
  }

  /** What scores are multiplied by. */
  double scale() {
    return settings.attention().scale() == ScoreScale.SQRT ? 1 / Math.sqrt(headSize()) : 1;
  }

  boolean has(String id) {
    return steps.containsKey(id);
  }

  double[][] get(String id) {
    return doubles(steps.get(id).matrix().values());
  }

  int[][] tokens(String id) {
    return steps.get(id).matrix().tokens();
  }

  double[][] parameter(String name) {
    return parameters.view(name).toDoubleMatrix();
  }

  double[] vector(String name) {
    return parameters.view(name).toDoubleVector();
  }

  /** The columns of the head. */
  double[][] head(double[][] whole) {
    return Arrays.stream(whole).map(this::slice).toArray(double[][]::new);
  }

  double[] slice(double[] whole) {
    int from = (head.head() - 1) * headSize();
    return Arrays.copyOfRange(whole, from, from + headSize());
  }

  /** A linear layer of the model. */
  double[][] linear(double[][] x, String name) {
    return plus(matmul(x, parameter(name + ".weight")), vector(name + ".bias"));
  }

  /** A layer normalization of the model. */
  double[][] norm(double[][] x, String name) {
    return NaiveMatrices.norm(x, vector(name + ".norm.gain"), vector(name + ".norm.bias"));
  }

  /** Checks a step against {@code expected}. */
  void close(String id, double[][] expected) {
    double[][] actual = get(id);
    assertFalse(steps.get(id).matrix().isCut(), id);
    assertEquals(expected.length, actual.length, id);
    for (int t = 0; t < actual.length; t++) {
      assertArrayEquals(expected[t], actual[t], TOLERANCE, id + " row " + t);
    }
  }
}
