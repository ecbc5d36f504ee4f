package org.yuqiao.layers.attention;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.base.Scope;

/**
 * One sentence through one self-attention in DOUBLE, with parameters that a test can see and set.
 */
final class SelfAttention implements AutoCloseable {
  static final int POSITIONS = 12;

  private final int width;
  private final ParameterBuffer parameters;
  private final Session session;
  private final String scores;
  private final String result;

  /** Attention with random parameters of the names {@code a.self.*} and {@code a.positions*}. */
  SelfAttention(int width, AttentionSettings attention, PositionScheme scheme, int clip) {
    this.width = width;
    Scope scope = Scope.evaluation(DataType.DOUBLE);
    RelativeSettings relative = new RelativeSettings(clip, 8, 6);
    Positions positions =
        Positions.of(
            scheme, scope, new Positions.Stack("a", false, POSITIONS, width, attention, relative));
    MultiHeadAttention block =
        new MultiHeadAttention(scope, "a.self", width, attention, positions.inAttention("a.self"));
    SDVariable x = positions.onEmbeddings(scope.input("x", 1, -1, width), PositionOffset.ZERO);
    SDVariable mask = scope.input("mask", 1, -1);
    this.scores = block.scores(x, block.keysAndValues(x).keys(), mask, PositionOffset.ZERO).name();
    this.result = block.of(x, x, mask, false).name();
    this.parameters = scope.initialize(1);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < parameters.size(); i++) {
      parameters.flat().putScalar(i, 0.5 * random.nextGaussian());
    }
    this.session = new Nd4jSession(scope.graph(), List.of(scores, result), parameters);
  }

  private Map<String, INDArray> run(double[][] x) {
    float[] flat = new float[x.length * width];
    float[] ones = new float[x.length];
    for (int t = 0; t < x.length; t++) {
      ones[t] = 1;
      for (int c = 0; c < width; c++) {
        flat[t * width + c] = (float) x[t][c];
      }
    }
    return session.run(
        new Inputs().floats("x", flat, 1, x.length, width).floats("mask", ones, 1, x.length));
  }

  /** The scores {@code [H, T, S]} of the sentence {@code x} {@code [T, D]}. */
  INDArray scores(double[][] x) {
    return run(x).get(scores).slice(0);
  }

  /** What attention makes of it, {@code [T, D]}. */
  INDArray result(double[][] x) {
    return run(x).get(result).slice(0);
  }

  /** A parameter, to be read or written. */
  INDArray parameter(String name) {
    return parameters.view(name);
  }

  /** x W + b with the parameters of a projection. */
  INDArray projected(double[][] x, String name) {
    return Nd4j.createFromArray(x)
        .mmul(parameter(name + ".weight"))
        .addRowVector(parameter(name + ".bias"));
  }

  /** Random rows whose values are floats. */
  static double[][] sentence(int length, int width) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = new double[length][width];
    for (double[] row : x) {
      for (int c = 0; c < width; c++) {
        row[c] = (float) random.nextGaussian();
      }
    }
    return x;
  }

  @Override
  public void close() {
    session.close();
  }
}
