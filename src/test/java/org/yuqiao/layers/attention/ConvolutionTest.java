package org.yuqiao.layers.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Self-attention with relative positions can be any convolution (Cordonnier et al. 2020, theorem
 * 1): a kernel of width 3 over a sequence is three heads, each of which attends to one distance
 * only. A head's value-down picks the channels, its value-up is the kernel's matrix for that
 * distance.
 */
class ConvolutionTest {
  private static final int HEADS = 3;
  private static final int CHANNELS = 4;
  private static final int WIDTH = HEADS * CHANNELS;
  private static final int LENGTH = 9;

  /** So large a difference of scores that all other weights are 0 in floating point. */
  private static final double CERTAIN = 1e5;

  private static int distance(int head) {
    return head - 1;
  }

  @ParameterizedTest
  @EnumSource(names = {"RELATIVE_SHAW", "RELATIVE_BIAS", "TRANSFORMER_XL"})
  void threeHeadsAreAConvolutionOfWidthThree(PositionScheme scheme) {
    double[][][] kernel = kernel();
    double[][] x = new double[LENGTH][WIDTH];
    double[][] values = SelfAttention.sentence(LENGTH, CHANNELS);
    // The ends stay zero: they are the padding of the convolution.
    for (int t = 1; t < LENGTH - 1; t++) {
      System.arraycopy(values[t], 0, x[t], 0, CHANNELS);
    }
    AttentionSettings settings = AttentionSettings.ofPaper(HEADS);
    try (SelfAttention attention = new SelfAttention(WIDTH, settings, scheme, 2)) {
      for (String name : new String[] {"query", "key", "value", "output"}) {
        attention.parameter("a.self." + name + ".weight").assign(0);
        attention.parameter("a.self." + name + ".bias").assign(0);
      }
      lookAtOneDistance(attention, scheme);
      setValues(attention, kernel);
      INDArray result = attention.result(x);
      for (int t = 1; t < LENGTH - 1; t++) {
        for (int out = 0; out < CHANNELS; out++) {
          assertEquals(convolved(x, kernel, t, out), result.getDouble(t, out), 1e-12);
        }
      }
    }
  }

  private static double[][][] kernel() {
    SplittableRandom random = new SplittableRandom(5);
    double[][][] kernel = new double[HEADS][CHANNELS][CHANNELS];
    for (double[][] matrix : kernel) {
      for (double[] row : matrix) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextGaussian();
        }
      }
    }
    return kernel;
  }

  /** y[t, out] = sum over distances d and channels c of x[t + d, c] kernel[d, c, out]. */
  private static double convolved(double[][] x, double[][][] kernel, int t, int out) {
    double sum = 0;
    for (int h = 0; h < HEADS; h++) {
      for (int c = 0; c < CHANNELS; c++) {
        sum += x[t + distance(h)][c] * kernel[h][c][out];
      }
    }
    return sum;
  }

  private static void setValues(SelfAttention attention, double[][][] kernel) {
    INDArray down = attention.parameter("a.self.value.weight");
    INDArray up = attention.parameter("a.self.output.weight");
    for (int h = 0; h < HEADS; h++) {
      for (int c = 0; c < CHANNELS; c++) {
        down.putScalar(c, h * CHANNELS + c, 1);
        for (int out = 0; out < CHANNELS; out++) {
          up.putScalar(h * CHANNELS + c, out, kernel[h][c][out]);
        }
      }
    }
  }

  /** Sets the scheme's parameters so that head h attends to its distance only. */
  private static void lookAtOneDistance(SelfAttention attention, PositionScheme scheme) {
    switch (scheme) {
      case RELATIVE_BIAS -> {
        INDArray bias = attention.parameter("a.positions").assign(0);
        for (int h = 0; h < HEADS; h++) {
          bias.putScalar(RelativePositionBias.bucket(distance(h), false, 8, 6), h, CERTAIN);
        }
      }
      case RELATIVE_SHAW -> {
        // Every query is the same: unit vector h in head h; distance d has unit vector h(d).
        INDArray query = attention.parameter("a.self.query.bias");
        INDArray keys = attention.parameter("a.self.positions.key").assign(0);
        attention.parameter("a.self.positions.value").assign(0);
        for (int h = 0; h < HEADS; h++) {
          query.putScalar(h * CHANNELS + h, CERTAIN);
          keys.putScalar(distance(h) + 2, h, 1);
        }
      }
      case TRANSFORMER_XL -> {
        attention.parameter("a.positions.u").assign(0);
        setTransformerXl(attention);
      }
      default -> throw new IllegalArgumentException(scheme.name());
    }
  }

  /**
   * With v of head h the encoding of its distance and W_R picking the first d_k columns of R, the
   * score is the sum over frequencies w of cos(w (i - j + distance)), with its maximum where it is
   * 0.
   */
  private static void setTransformerXl(SelfAttention attention) {
    INDArray v = attention.parameter("a.positions.v");
    INDArray weight = attention.parameter("a.self.positions.weight").assign(0);
    for (int h = 0; h < HEADS; h++) {
      double[] encoding = SinusoidalPositions.encoding(-distance(h), WIDTH);
      for (int c = 0; c < CHANNELS; c++) {
        v.putScalar(h * CHANNELS + c, CERTAIN * encoding[c]);
        weight.putScalar(c, h * CHANNELS + c, 1);
      }
    }
  }
}
