package org.yuqiao.layers.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.layers.base.Scope;

/** Each position scheme against its formula. */
class PositionSchemesTest {
  private static final int WIDTH = 8;
  private static final int HEADS = 2;
  private static final int HEAD = WIDTH / HEADS;
  private static final int LENGTH = 7;
  private static final double SCALE = 1 / Math.sqrt(HEAD);

  private static SelfAttention attention(PositionScheme scheme, int clip) {
    return new SelfAttention(WIDTH, AttentionSettings.ofPaper(HEADS), scheme, clip);
  }

  private static double dot(INDArray q, int i, INDArray k, int j, int h) {
    double sum = 0;
    for (int c = h * HEAD; c < (h + 1) * HEAD; c++) {
      sum += q.getDouble(i, c) * k.getDouble(j, c);
    }
    return sum;
  }

  /** A score written out. */
  private interface Formula {
    double of(int h, int i, int j);
  }

  private static void assertScores(INDArray scores, Formula formula) {
    for (int h = 0; h < HEADS; h++) {
      for (int i = 0; i < LENGTH; i++) {
        for (int j = 0; j < LENGTH; j++) {
          assertEquals(
              formula.of(h, i, j), scores.getDouble(h, i, j), 1e-12, h + " " + i + " " + j);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SINUSOIDAL", "SINUSOIDAL_HALVES", "SINUSOIDAL_MARIAN", "LEARNED", "NONE"})
  void schemesOnTheEmbeddingsLeaveAttentionAsItIs(PositionScheme scheme) {
    assertEquals(
        AttentionPositions.NONE,
        Positions.of(
                scheme,
                Scope.evaluation(DataType.DOUBLE),
                new Positions.Stack(
                    "a", true, 5, WIDTH, AttentionSettings.ofPaper(2), RelativeSettings.DEFAULT))
            .inAttention("a.self"));
  }

  /** Turns pair i of {@code row} (columns 2i and 2i+1) by {@code angle}, counter-clockwise. */
  private static void turn(double[] row, int i, double angle) {
    double x = row[2 * i];
    double y = row[2 * i + 1];
    row[2 * i] = x * Math.cos(angle) - y * Math.sin(angle);
    row[2 * i + 1] = x * Math.sin(angle) + y * Math.cos(angle);
  }

  @Test
  void rotaryTurnsEachPairByItsAngle() {
    try (SelfAttention attention = attention(PositionScheme.ROTARY, 2)) {
      double[][] x = SelfAttention.sentence(LENGTH, WIDTH);
      double[][] q = attention.projected(x, "a.self.query").toDoubleMatrix();
      double[][] k = attention.projected(x, "a.self.key").toDoubleMatrix();
      for (int t = 0; t < LENGTH; t++) {
        for (int i = 0; i < WIDTH / 2; i++) {
          // two pairs a head: angles t and t / 100
          double angle = i % 2 == 0 ? t : t / 100.0;
          turn(q[t], i, angle);
          turn(k[t], i, angle);
        }
      }
      INDArray turnedQ = Nd4j.createFromArray(q);
      INDArray turnedK = Nd4j.createFromArray(k);
      assertScores(attention.scores(x), (h, i, j) -> SCALE * dot(turnedQ, i, turnedK, j, h));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROTARY", "RELATIVE_SHAW", "RELATIVE_BIAS", "TRANSFORMER_XL"})
  void scoresOfTheSameTwoTokensDependOnTheirDistanceAlone(PositionScheme scheme) {
    try (SelfAttention attention = attention(scheme, 3)) {
      double[][] same = new double[LENGTH][];
      Arrays.fill(same, SelfAttention.sentence(1, WIDTH)[0]);
      INDArray scores = attention.scores(same);
      for (int h = 0; h < HEADS; h++) {
        for (int i = 0; i + 1 < LENGTH; i++) {
          for (int j = 0; j + 1 < LENGTH; j++) {
            assertEquals(
                scores.getDouble(h, i, j), scores.getDouble(h, i + 1, j + 1), 1e-12, scheme.name());
          }
        }
        assertTrue(Math.abs(scores.getDouble(h, 2, 0) - scores.getDouble(h, 2, 2)) > 1e-3);
        assertTrue(Math.abs(scores.getDouble(h, 2, 0) - scores.getDouble(h, 2, 4)) > 1e-3);
      }
    }
  }

  @Test
  void shawAddsClippedDistancesToKeysAndValues() {
    int clip = 2;
    try (SelfAttention attention = attention(PositionScheme.RELATIVE_SHAW, clip)) {
      double[][] x = SelfAttention.sentence(LENGTH, WIDTH);
      INDArray q = attention.projected(x, "a.self.query");
      INDArray k = attention.projected(x, "a.self.key");
      INDArray keys = attention.parameter("a.self.positions.key");
      INDArray scores = attention.scores(x).dup();
      assertScores(
          scores,
          (h, i, j) -> {
            int row = Math.max(-clip, Math.min(clip, j - i)) + clip;
            double sum = dot(q, i, k, j, h);
            for (int c = 0; c < HEAD; c++) {
              sum += q.getDouble(i, h * HEAD + c) * keys.getDouble(row, c);
            }
            return SCALE * sum;
          });
      INDArray expected = shawContext(attention, x, scores, clip);
      INDArray output = expected.mmul(attention.parameter("a.self.output.weight"));
      output.addiRowVector(attention.parameter("a.self.output.bias"));
      assertTrue(output.distance2(attention.result(x)) < 1e-12);
    }
  }

  /** z_i = sum over j of softmax(e_i)_j (v_j + a^V_ij). */
  private static INDArray shawContext(
      SelfAttention attention, double[][] x, INDArray scores, int clip) {
    INDArray v = attention.projected(x, "a.self.value");
    INDArray values = attention.parameter("a.self.positions.value");
    double[][] context = new double[LENGTH][WIDTH];
    for (int h = 0; h < HEADS; h++) {
      for (int i = 0; i < LENGTH; i++) {
        double total = 0;
        for (int j = 0; j < LENGTH; j++) {
          total += Math.exp(scores.getDouble(h, i, j));
        }
        for (int j = 0; j < LENGTH; j++) {
          double weight = Math.exp(scores.getDouble(h, i, j)) / total;
          int row = Math.max(-clip, Math.min(clip, j - i)) + clip;
          for (int c = 0; c < HEAD; c++) {
            double value = v.getDouble(j, h * HEAD + c) + values.getDouble(row, c);
            context[i][h * HEAD + c] += weight * value;
          }
        }
      }
    }
    return Nd4j.createFromArray(context);
  }

  @Test
  void theBiasIsAddedByBucketAndHead() {
    try (SelfAttention attention = attention(PositionScheme.RELATIVE_BIAS, 2)) {
      double[][] x = SelfAttention.sentence(LENGTH, WIDTH);
      INDArray q = attention.projected(x, "a.self.query");
      INDArray k = attention.projected(x, "a.self.key");
      INDArray bias = attention.parameter("a.positions");
      assertScores(
          attention.scores(x),
          (h, i, j) -> {
            int bucket = RelativePositionBias.bucket(j - i, false, 8, 6);
            return SCALE * dot(q, i, k, j, h) + bias.getDouble(bucket, h);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    // causal: 16 distances alone, then 16 + floor(16 log(n / 16) / log(128 / 16))
    "true, 5, 0",
    "true, 0, 0",
    "true, -1, 1",
    "true, -15, 15",
    "true, -16, 16",
    "true, -20, 17",
    "true, -32, 21",
    "true, -64, 26",
    "true, -127, 31",
    "true, -128, 31",
    "true, -1000, 31",
    // both ways: 8 alone, then 8 + floor(8 log(n / 8) / log(128 / 8)); later keys 16 further on
    "false, 0, 0",
    "false, -3, 3",
    "false, 3, 19",
    "false, -8, 8",
    "false, -11, 8",
    "false, -12, 9",
    "false, 12, 25",
    "false, -16, 10",
    "false, -32, 12",
    "false, 64, 30",
    "false, -128, 15",
    "false, 5000, 31"
  })
  void bucketsAreThoseOfTheFormula(boolean causal, int distance, int bucket) {
    assertEquals(bucket, RelativePositionBias.bucket(distance, causal, 32, 128));
  }

  @Test
  void transformerXlAddsItsFourTermsAndTheShiftPutsThemInPlace() {
    try (SelfAttention attention = attention(PositionScheme.TRANSFORMER_XL, 2)) {
      double[][] x = SelfAttention.sentence(LENGTH, WIDTH);
      INDArray q = attention.projected(x, "a.self.query");
      INDArray k = attention.projected(x, "a.self.key");
      INDArray u = attention.parameter("a.positions.u").reshape(1, WIDTH);
      INDArray v = attention.parameter("a.positions.v").reshape(1, WIDTH);
      INDArray weight = attention.parameter("a.self.positions.weight");
      assertScores(
          attention.scores(x),
          (h, i, j) -> {
            double[] encoding = SinusoidalPositions.encoding(i - j, WIDTH);
            INDArray r = Nd4j.createFromArray(new double[][] {encoding}).mmul(weight);
            double content = dot(q, i, k, j, h) + dot(u, 0, k, j, h);
            double position = dot(q, i, r, 0, h) + dot(v, 0, r, 0, h);
            return SCALE * (content + position);
          });
    }
  }
}
