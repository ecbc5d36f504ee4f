package org.yuqiao.backend.runtime;

import org.yuqiao.backend.gemm.Workspace;
import org.yuqiao.backend.gemm.argmax.LogitUpperBounds;
import org.yuqiao.backend.gemm.argmax.PrunedOutputLayer;
import org.yuqiao.backend.gemm.argmax.SingleLogit;
import org.yuqiao.backend.op.LinearOp;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.backend.simd.TopK;


import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The most probable next token and nothing else: of most logits only a bound is computed ({@link
 * LogitUpperBounds}), and exactly those that may be the greatest. What is found is the greatest of all
 * exact logits. For one thread.
 */
public final class LogitArgmax {
  /** What {@link #find} tells when everything is ruled out. */
  public static final int NONE = -1;

  private static final int GROUPS_AT_ONCE = 2;

  private final String factor;
  private final PrunedOutputLayer matrix;
  private final int inputs;
  private final int groups;
  private final Workspace scratch = new Workspace();
  private final TopK best = new TopK(GROUPS_AT_ONCE);
  private final float[] bounds;
  private final float[] logits;
  private final float[] one;
  private final int[] looked;
  private SingleLogit exact;
  private float[] x = {};
  private float[] greatest = {};
  private int found;

  private LogitArgmax(String factor, PrunedOutputLayer matrix) {
    this.factor = factor;
    this.matrix = matrix;
    this.inputs = matrix.bounds().inputs();
    this.groups = matrix.bounds().groups();
    this.exact = matrix.exact();
    this.bounds = new float[groups];
    this.looked = new int[groups];
    this.one = new float[inputs];
    this.logits = new float[matrix.bounds().outputs()];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
  }

  /** A search among {@code logits} of {@code graph}, if they are products with a weight. */
  public static Optional<LogitArgmax> of(SameDiff graph, String logits, InferenceWeights weights) {
    DifferentialFunction maker = graph.getVariableOutputOp(logits);
    if (!LogitUpperBounds.areUsed() || !InferenceWeights.areFactorOf(maker)) {
      return Optional.empty();
    }
    LinearOp product = (LinearOp) maker;
    return Optional.of(new LogitArgmax(product.args()[0].name(), weights.screenedOf(product)));
  }

  /** The output of the graph that {@link #take} reads in place of the logits. */
  public String factor() {
    return factor;
  }

  /** Takes {@code rows} rows of the last run of {@code session}. */
  public void take(Session session, int rows) {
    if (x.length < rows * inputs) {
      x = new float[rows * inputs];
      greatest = new float[rows * groups];
    }
    for (int r = 0; r < rows; r++) {
      session.read(factor, r, one);
      System.arraycopy(one, 0, x, r * inputs, inputs);
    }
    exact = matrix.exact();
    matrix.bounds().find(x, rows, greatest, scratch);
  }

  /**
   * The greatest logit of a row; of equal ones the first.
   *
   * @param rule makes logits negative infinity that are ruled out, whatever they are; it sees
   *     negative infinity for those that were not computed
   * @return its number, or {@link #NONE}
   */
  public int find(int row, Consumer<float[]> rule) {
    System.arraycopy(greatest, row * groups, bounds, 0, groups);
    exact.take(x, row * inputs);
    found = NONE;
    int count = 0;
    best.find(bounds, groups);
    for (int next = 0; next < best.count() && mayHoldGreatest(best.value(next)); ) {
      int group = best.index(next);
      look(group, rule);
      looked[count++] = group;
      bounds[group] = Float.NEGATIVE_INFINITY;
      next++;
      if (next == best.count()) {
        best.find(bounds, groups);
        next = 0;
      }
    }
    for (int i = 0; i < count; i++) {
      for (int c = first(looked[i]); c < end(looked[i]); c += SimdMath.COUNT) {
        logits[c] = Float.NEGATIVE_INFINITY;
      }
    }
    return found;
  }

  private boolean mayHoldGreatest(float bound) {
    return found == NONE || bound >= logits[found];
  }

  private int first(int group) {
    return matrix.bounds().firstColumn(group);
  }

  private int end(int group) {
    return matrix.bounds().endColumn(group);
  }

  /** Computes the logits of a group. */
  private void look(int group, Consumer<float[]> rule) {
    for (int c = first(group); c < end(group); c += SimdMath.COUNT) {
      logits[c] = exact.of(c);
    }
    rule.accept(logits);
    for (int c = first(group); c < end(group); c += SimdMath.COUNT) {
      if (isBetter(c)) {
        found = c;
      }
    }
  }

  private boolean isBetter(int token) {
    float logit = logits[token];
    if (found == NONE) {
      return logit > Float.NEGATIVE_INFINITY;
    }
    return logit > logits[found] || (logit == logits[found] && token < found);
  }
}
