package org.yuqiao.embedding.word2vec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.simd.SimdMath;

/** The vectorized step against the formulas in double precision and against differences. */
class OutputLayerTest {
  private static final int ROWS = 12;

  /** Hidden rows of unlike places, targets likewise; dimensions that leave lanes over. */
  private static final class Case {
    final int dimension;
    final int stride;
    final float[] hidden;
    final float[] output;
    final int[] at;
    final Targets targets;

    Case(int dimension, int hiddenRows, int targetRows) {
      this.dimension = dimension;
      this.stride = SimdMath.padded(dimension);
      Random random = new Random(7);
      hidden = matrix(random);
      output = matrix(random);
      at = random.ints(0, ROWS).distinct().limit(hiddenRows).map(row -> row * stride).toArray();
      targets = new Targets(targetRows);
      random
          .ints(0, ROWS)
          .distinct()
          .limit(targetRows)
          .forEach(row -> targets.add(row * stride, targets.count == 0 ? 1 : 0));
    }

    private float[] matrix(Random random) {
      float[] matrix = new float[ROWS * stride];
      for (int row = 0; row < ROWS; row++) {
        for (int d = 0; d < dimension; d++) {
          matrix[row * stride + d] = (float) random.nextGaussian() * 0.5f;
        }
      }
      return matrix;
    }

    double score(float[] someHidden, float[] someOutput, int c, int t) {
      double sum = 0;
      for (int d = 0; d < dimension; d++) {
        sum += someHidden[at[c] + d] * (double) someOutput[targets.at[t] + d];
      }
      return sum;
    }

    /** -log sigmoid(h . o) for label 1, -log sigmoid(-h . o) for 0, over all pairs. */
    double loss(float[] someHidden, float[] someOutput) {
      double sum = 0;
      for (int c = 0; c < at.length; c++) {
        for (int t = 0; t < targets.count; t++) {
          double x = score(someHidden, someOutput, c, t);
          sum += Math.log1p(Math.exp(targets.labels[t] == 1 ? -x : x));
        }
      }
      return sum;
    }
  }

  @ParameterizedTest
  @CsvSource({"5,1,1", "8,2,6", "100,7,6", "33,10,4", "64,3,11"})
  void aStepGoesDownTheGradientOfTheLogisticLoss(int dimension, int hiddenRows, int targetRows) {
    Case c = new Case(dimension, hiddenRows, targetRows);
    float[] before = c.output.clone();
    float[] gradient = new float[hiddenRows * c.stride];
    new OutputLayer(c.output, c.stride, hiddenRows, targetRows)
        .step(c.hidden, c.at, hiddenRows, c.targets, 1f, gradient);
    double h = 1e-3;
    for (int row = 0; row < hiddenRows; row++) {
      for (int d = 0; d < dimension; d += 3) {
        double slope = slope(c, c.hidden, before, true, c.at[row] + d, h);
        assertEquals(-slope, gradient[row * c.stride + d], 2e-3);
      }
    }
    for (int t = 0; t < targetRows; t++) {
      for (int d = 0; d < dimension; d += 3) {
        int place = c.targets.at[t] + d;
        double slope = slope(c, c.hidden, before, false, place, h);
        assertEquals(-slope, c.output[place] - before[place], 2e-3);
      }
    }
  }

  private static double slope(
      Case c, float[] hidden, float[] output, boolean ofHidden, int place, double h) {
    float[] up = (ofHidden ? hidden : output).clone();
    float[] down = up.clone();
    up[place] += (float) h;
    down[place] -= (float) h;
    double width = (double) up[place] - down[place];
    return ofHidden
        ? (c.loss(up, output) - c.loss(down, output)) / width
        : (c.loss(hidden, up) - c.loss(hidden, down)) / width;
  }

  @ParameterizedTest
  @CsvSource({"5,4", "100,6", "37,7"})
  void scoresAreDotProducts(int dimension, int targetRows) {
    Case c = new Case(dimension, 1, targetRows);
    float[] scores = new float[targetRows];
    new OutputLayer(c.output, c.stride, 1, targetRows)
        .logits(c.hidden, c.at[0], c.targets, scores, 0);
    for (int t = 0; t < targetRows; t++) {
      assertEquals(c.score(c.hidden, c.output, 0, t), scores[t], 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"-9", "-7.999", "-3.3", "-0.001", "0", "0.7", "5.123", "8", "20"})
  void theTableOfTheSigmoidIsCloseToTheFormula(float x) {
    assertEquals(1 / (1 + Math.exp(-x)), Sigmoid.of(x), 4e-4);
  }
}
