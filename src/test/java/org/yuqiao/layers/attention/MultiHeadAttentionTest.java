package org.yuqiao.layers.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MultiHeadAttentionTest {
  private static final int WIDTH = 8;
  private static final int LENGTH = 6;
  private static final double[][] X = SelfAttention.sentence(LENGTH, WIDTH);

  private static SelfAttention attention(
      int heads, AttentionFunction normalizer, ScoreScale scale, QueryKey queryKey) {
    AttentionSettings settings = new AttentionSettings(heads, normalizer, scale, queryKey);
    return new SelfAttention(WIDTH, settings, PositionScheme.NONE, 2);
  }

  /** How far the scores of head 0 are from those of keys looking at queries. */
  private static double asymmetry(QueryKey queryKey) {
    try (SelfAttention attention =
        attention(2, AttentionFunction.SOFTMAX, ScoreScale.SQRT, queryKey)) {
      INDArray scores = attention.scores(X).slice(0);
      return scores.distance2(scores.transpose());
    }
  }

  @Test
  void sharedQueriesAndKeysGiveSymmetricScores() {
    assertEquals(0, asymmetry(QueryKey.SHARED), 1e-12);
    assertTrue(asymmetry(QueryKey.SEPARATE) > 0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void theScaleIsTheRootOfTheWidthOfAHead(int heads) {
    try (SelfAttention scaled =
            attention(heads, AttentionFunction.SOFTMAX, ScoreScale.SQRT, QueryKey.SEPARATE);
        SelfAttention plain =
            attention(heads, AttentionFunction.SOFTMAX, ScoreScale.NONE, QueryKey.SEPARATE)) {
      INDArray expected = plain.scores(X).div(Math.sqrt((double) WIDTH / heads));
      assertTrue(expected.distance2(scaled.scores(X)) < 1e-12);
    }
  }

  /**
   * The scale keeps scores of unit-variance queries and keys at unit variance: 64 columns give
   * products of deviation 8, divided by 8.
   */
  @Test
  void scaledDotProductsHaveUnitVariance() {
    SplittableRandom random = new SplittableRandom(1);
    int samples = 20_000;
    double squares = 0;
    for (int n = 0; n < samples; n++) {
      double product = 0;
      for (int c = 0; c < 64; c++) {
        product += random.nextGaussian() * random.nextGaussian();
      }
      squares += product * product;
    }
    double deviation = Math.sqrt(squares / samples);
    assertEquals(8, deviation, 0.2);
    assertEquals(1, deviation * ScoreScale.SQRT.of(64), 0.025);
  }

  /** The weights of head h written out. */
  private static double[][] weights(INDArray scores, AttentionFunction normalizer) {
    double[][] weights = new double[LENGTH][LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      double sum = 0;
      for (int j = 0; j < LENGTH; j++) {
        double score = scores.getDouble(i, j);
        weights[i][j] =
            normalizer == AttentionFunction.SOFTMAX ? Math.exp(score) : Math.max(0, score);
        sum += normalizer == AttentionFunction.SOFTMAX ? weights[i][j] : 1;
      }
      for (int j = 0; j < LENGTH; j++) {
        weights[i][j] /= sum;
      }
    }
    return weights;
  }

  /**
   * Head h moves weight[i][j] of (x_j down_h) up_h, down_h {@code [D, d_k]} being its columns of
   * W_V and up_h {@code [d_k, D]} its rows of W_O: together a D x D map of rank d_k.
   */
  @ParameterizedTest
  @EnumSource(AttentionFunction.class)
  void eachHeadAddsValueDownThenValueUp(AttentionFunction normalizer) {
    int heads = 2;
    int head = WIDTH / heads;
    try (SelfAttention attention =
        attention(heads, normalizer, ScoreScale.SQRT, QueryKey.SEPARATE)) {
      INDArray scores = attention.scores(X).dup();
      INDArray result = attention.result(X);
      INDArray expected = Nd4j.zeros(DataType.DOUBLE, LENGTH, WIDTH);
      INDArray x = Nd4j.createFromArray(X);
      for (int h = 0; h < heads; h++) {
        var columns = NDArrayIndex.interval(h * head, (h + 1) * head);
        INDArray down = attention.parameter("a.self.value.weight").get(NDArrayIndex.all(), columns);
        INDArray up = attention.parameter("a.self.output.weight").get(columns, NDArrayIndex.all());
        INDArray bias = attention.parameter("a.self.value.bias").get(columns).dup();
        INDArray moved = x.mmul(down.mmul(up)).addRowVector(bias.reshape(1, head).mmul(up));
        INDArray weights = Nd4j.createFromArray(weights(scores.slice(h), normalizer));
        expected.addi(weights.mmul(moved));
      }
      expected.addiRowVector(attention.parameter("a.self.output.bias"));
      assertTrue(expected.distance2(result) < 1e-11);
    }
  }

  @Test
  void oneHeadLooksAtAllColumns() {
    try (SelfAttention attention =
        attention(1, AttentionFunction.SOFTMAX, ScoreScale.NONE, QueryKey.SEPARATE)) {
      INDArray q = attention.projected(X, "a.self.query");
      INDArray k = attention.projected(X, "a.self.key");
      double[] expected = q.mmul(k.transpose()).dup('c').data().asDouble();
      assertArrayEquals(expected, attention.scores(X).dup('c').data().asDouble(), 1e-12);
    }
  }
}
