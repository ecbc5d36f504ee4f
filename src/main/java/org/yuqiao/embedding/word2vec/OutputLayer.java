package org.yuqiao.embedding.word2vec;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one step that all of Word2Vec consists of: hidden vectors h_c are told from targets o_t by
 * logistic regression. With e_ct = alpha (label_t - sigmoid(h_c . o_t)), the hidden vectors' share
 * is sum_t e_ct o_t, and each o_t grows by sum_c e_ct h_c. For several hidden vectors these are
 * small matrix products (Ji et al., 2016): every row is fetched once for all of them.
 *
 * <p>Rows are padded with zeros to whole vectors. Sums of lanes are taken in a fixed order, so that
 * a result does not depend on how far the just-in-time compiler has come. One instance a thread;
 * the output matrix is shared by all, without locks (Recht et al., "Hogwild!", 2011).
 */
final class OutputLayer {
  /** Eight lanes: with sixteen, adding up lanes takes longer than the products they save. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 8
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.length();

  private final float[] output;
  private final int stride;
  private final float[] lanes = new float[3 * LANES];
  private final float[] errors;

  /**
   * @param output the matrix of all output rows
   * @param stride the distance between rows, see {@link #stride}
   * @param mostHidden the most hidden vectors of a step
   * @param mostTargets the most targets of a step
   */
  OutputLayer(float[] output, int stride, int mostHidden, int mostTargets) {
    this.output = output;
    this.stride = stride;
    this.errors = new float[mostHidden * mostTargets];
  }

  /** The smallest multiple of the vector length that holds {@code dimension} numbers. */
  static int stride(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }

  /**
   * One step.
   *
   * @param hidden holds the hidden vectors
   * @param at where each begins
   * @param count how many there are
   * @param gradient is filled with the hidden vectors' shares, one after the other
   */
  void step(float[] hidden, int[] at, int count, Targets targets, float alpha, float[] gradient) {
    for (int c = 0; c < count; c++) {
      errors(hidden, at[c], targets, alpha, c * targets.count);
    }
    for (int c = 0; c < count; c++) {
      gradient(targets, c * targets.count, gradient, c * stride);
    }
    for (int t = 0; t < targets.count; t++) {
      update(hidden, at, count, t, targets);
    }
  }

  /** The dot products of one hidden vector with all targets. */
  void scores(float[] hidden, int at, Targets targets, float[] scores, int to) {
    int t = 0;
    for (; t + 3 <= targets.count; t += 3) {
      products(hidden, at, targets.at[t], targets.at[t + 1], targets.at[t + 2]);
      scores[to + t] = sum(0);
      scores[to + t + 1] = sum(LANES);
      scores[to + t + 2] = sum(2 * LANES);
    }
    for (; t < targets.count; t++) {
      product(hidden, at, targets.at[t]);
      scores[to + t] = sum(0);
    }
  }

  private void errors(float[] hidden, int at, Targets targets, float alpha, int to) {
    scores(hidden, at, targets, errors, to);
    for (int t = 0; t < targets.count; t++) {
      errors[to + t] = alpha * (targets.labels[t] - Sigmoid.of(errors[to + t]));
    }
  }

  private void products(float[] hidden, int h, int o1, int o2, int o3) {
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, hidden, h + d);
      sum1 = x.fma(FloatVector.fromArray(SPECIES, output, o1 + d), sum1);
      sum2 = x.fma(FloatVector.fromArray(SPECIES, output, o2 + d), sum2);
      sum3 = x.fma(FloatVector.fromArray(SPECIES, output, o3 + d), sum3);
    }
    sum1.intoArray(lanes, 0);
    sum2.intoArray(lanes, LANES);
    sum3.intoArray(lanes, 2 * LANES);
  }

  private void product(float[] hidden, int h, int o) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, hidden, h + d);
      sum = x.fma(FloatVector.fromArray(SPECIES, output, o + d), sum);
    }
    sum.intoArray(lanes, 0);
  }

  private float sum(int from) {
    float even = 0;
    float odd = 0;
    for (int i = from; i < from + LANES; i += 2) {
      even += lanes[i];
      odd += lanes[i + 1];
    }
    return even + odd;
  }

  /** A hidden vector's share: the sum of the targets, weighed by its errors. */
  private void gradient(Targets targets, int from, float[] gradient, int to) {
    int t = 0;
    for (; t + 3 <= targets.count; t += 3) {
      FloatVector e1 = FloatVector.broadcast(SPECIES, errors[from + t]);
      FloatVector e2 = FloatVector.broadcast(SPECIES, errors[from + t + 1]);
      FloatVector e3 = FloatVector.broadcast(SPECIES, errors[from + t + 2]);
      int o1 = targets.at[t];
      int o2 = targets.at[t + 1];
      int o3 = targets.at[t + 2];
      for (int d = 0; d < stride; d += LANES) {
        FloatVector sum =
            t == 0 ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, gradient, to + d);
        sum = e1.fma(FloatVector.fromArray(SPECIES, output, o1 + d), sum);
        sum = e2.fma(FloatVector.fromArray(SPECIES, output, o2 + d), sum);
        sum = e3.fma(FloatVector.fromArray(SPECIES, output, o3 + d), sum);
        sum.intoArray(gradient, to + d);
      }
    }
    for (; t < targets.count; t++) {
      FloatVector e = FloatVector.broadcast(SPECIES, errors[from + t]);
      int o = targets.at[t];
      for (int d = 0; d < stride; d += LANES) {
        FloatVector sum =
            t == 0 ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, gradient, to + d);
        e.fma(FloatVector.fromArray(SPECIES, output, o + d), sum).intoArray(gradient, to + d);
      }
    }
  }

  /** Target {@code t} grows by the hidden vectors, weighed by their errors. */
  private void update(float[] hidden, int[] at, int count, int t, Targets targets) {
    int o = targets.at[t];
    int width = targets.count;
    int c = 0;
    for (; c + 3 <= count; c += 3) {
      FloatVector e1 = FloatVector.broadcast(SPECIES, errors[c * width + t]);
      FloatVector e2 = FloatVector.broadcast(SPECIES, errors[(c + 1) * width + t]);
      FloatVector e3 = FloatVector.broadcast(SPECIES, errors[(c + 2) * width + t]);
      int h1 = at[c];
      int h2 = at[c + 1];
      int h3 = at[c + 2];
      for (int d = 0; d < stride; d += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, output, o + d);
        sum = e1.fma(FloatVector.fromArray(SPECIES, hidden, h1 + d), sum);
        sum = e2.fma(FloatVector.fromArray(SPECIES, hidden, h2 + d), sum);
        sum = e3.fma(FloatVector.fromArray(SPECIES, hidden, h3 + d), sum);
        sum.intoArray(output, o + d);
      }
    }
    for (; c < count; c++) {
      FloatVector e = FloatVector.broadcast(SPECIES, errors[c * width + t]);
      int h = at[c];
      for (int d = 0; d < stride; d += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, output, o + d);
        e.fma(FloatVector.fromArray(SPECIES, hidden, h + d), sum).intoArray(output, o + d);
      }
    }
  }

  /** Adds {@code scale} times the vector at {@code from} to the one at {@code to}. */
  static void add(float[] source, int from, float scale, float[] target, int to, int stride) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int d = 0; d < stride; d += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, target, to + d);
      factor.fma(FloatVector.fromArray(SPECIES, source, from + d), sum).intoArray(target, to + d);
    }
  }
}
