package org.yuqiao.embedding.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenInitializationTest {
  private static float[] random(int count, double deviation) {
    Random random = new Random(4);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static double dot(float[] a, int i, float[] b, int j, int width) {
    double sum = 0;
    for (int d = 0; d < width; d++) {
      sum += (double) a[i * width + d] * b[j * width + d];
    }
    return sum;
  }

  @Test
  void foundTokensGetTheirVectorAndMissingOnesKeepTheirValues() {
    WordVectors vectors =
        new WordVectors(List.of("cat", "我们", "dog"), 2, new float[] {3, 0, 0, 4, 1, 1});
    float[] matrix = random(10, 0.1);
    float[] before = matrix.clone();
    TokenInitialization.Coverage coverage =
        new TokenInitialization(vectors, 0, 1)
            .fill(List.of("<pad>", "我们", "\u2581cat", "\u2581Dog", "zebra"), matrix);
    assertEquals(3, coverage.found());
    assertEquals(List.of("<pad>", "zebra"), coverage.missing());
    assertEquals(before[0], matrix[0]);
    assertEquals(before[9], matrix[9]);
    // Their mean (4/3, 5/3) taken off, they point to (-4, 7), (1, -1) and (-1, -2).
    assertEquals(-7.0 / 4, matrix[3] / matrix[2], 1e-5);
    assertEquals(-1, matrix[5] / matrix[4], 1e-5);
    assertEquals(2, matrix[7] / matrix[6], 1e-5);
    assertTrue(matrix[2] < 0 && matrix[4] > 0 && matrix[6] < 0);
    assertTrue(coverage.sentence().startsWith("3 of 5 tokens"), coverage.sentence());
  }

  @Test
  void everyVectorGetsTheRootMeanSquareOfTheRandomValues() {
    float[] values = random(150, 7);
    for (int d = 0; d < 50; d++) {
      values[d] /= 1000; // a rare word
    }
    WordVectors vectors = new WordVectors(List.of("a", "b", "c"), 50, values);
    float[] matrix = random(150, 0.1);
    double before = dot(matrix, 0, matrix, 0, 150);
    new TokenInitialization(vectors, 0, 1).fill(List.of("a", "b", "c"), matrix);
    for (int i = 0; i < 3; i++) {
      assertEquals(before / 3, dot(matrix, i, matrix, i, 50), 1e-5);
    }
  }

  @Test
  void aSingleVectorAndOneOfZerosLeaveFiniteValues() {
    float[] matrix = random(6, 0.1);
    float[] before = matrix.clone();
    new TokenInitialization(new WordVectors(List.of("a"), 3, new float[] {1, 2, 3}), 0, 1)
        .fill(List.of("a", "b"), matrix);
    assertEquals(2, matrix[1] / matrix[0], 1e-5);
    new TokenInitialization(new WordVectors(List.of("b"), 3, new float[3]), 0, 1)
        .fill(List.of("a", "b"), matrix);
    assertEquals(before[4], matrix[4]);
  }

  @Test
  void aWiderMatrixKeepsEveryDotProduct() {
    float[] values = random(3 * 4, 1);
    float[][] rows = new float[3][];
    for (int i = 0; i < 3; i++) {
      rows[i] = Arrays.copyOfRange(values, 4 * i, 4 * i + 4);
    }
    float[][] wide = WidthProjection.of(rows, 9, 5);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(dot(rows[i], 0, rows[j], 0, 4), dot(wide[i], 0, wide[j], 0, 9), 1e-5);
      }
    }
    assertArrayEquals(wide[0], WidthProjection.of(rows, 9, 5)[0]);
  }

  /** Points on a plane in space lose nothing when they are brought to two dimensions. */
  @Test
  void aNarrowerMatrixKeepsTheDirectionsOfGreatestVariance() {
    Random random = new Random(8);
    float[][] points = new float[30][3];
    for (float[] point : points) {
      float a = (float) random.nextGaussian();
      float b = (float) random.nextGaussian();
      point[0] = a + b;
      point[1] = a - 2 * b;
      point[2] = 3 * a;
    }
    float[][] flat = WidthProjection.of(points, 2, 1);
    for (int i = 1; i < points.length; i++) {
      assertEquals(distance(points[0], points[i]), distance(flat[0], flat[i]), 1e-3);
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (double) (a[d] - b[d]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void removedComponentsLeaveTheDirectionsThatTellWordsApart() {
    int words = 40;
    int width = 8;
    float[] values = random(words * width, 0.01);
    for (int i = 0; i < words; i++) {
      values[i * width] += i % 2 == 0 ? 3 : -1; // what all have in common
    }
    List<String> names = IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
    WordVectors vectors = new WordVectors(names, width, values);
    double[] rank = new double[2];
    for (int removed = 0; removed < 2; removed++) {
      float[] matrix = random(words * width, 0.1);
      rank[removed] =
          new TokenInitialization(vectors, removed, 1).fill(names, matrix).effectiveRank();
    }
    assertTrue(rank[0] < 1.1, "rank " + rank[0]);
    assertTrue(rank[1] > 6 && rank[1] <= 7, "rank " + rank[1]);
  }

  @Test
  void theEffectiveRankIsTheNumberOfEqualAxes() {
    double[][] axes = new double[10][7];
    for (int i = 0; i < 10; i++) {
      axes[i][i / 2] = i % 2 == 0 ? 2 : -2;
    }
    assertEquals(5, PrincipalComponents.effectiveRank(axes), 1e-9);
    assertEquals(0, PrincipalComponents.effectiveRank(new double[4][3]));
  }
}
