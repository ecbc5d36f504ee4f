package org.yuqiao.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenInitialisationTest {
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
    TokenInitialisation.Coverage coverage =
        new TokenInitialisation(vectors, 1)
            .fill(List.of("<pad>", "我们", "\u2581cat", "\u2581Dog", "zebra"), matrix);
    assertEquals(3, coverage.found());
    assertEquals(List.of("<pad>", "zebra"), coverage.missing());
    assertEquals(before[0], matrix[0]);
    assertEquals(before[9], matrix[9]);
    assertEquals(0, matrix[2]);
    assertEquals(4.0 / 3, matrix[3] / matrix[4], 1e-6);
    assertEquals(matrix[6], matrix[7]);
    assertTrue(coverage.sentence().startsWith("3 of 5 tokens"), coverage.sentence());
  }

  @Test
  void theRootMeanSquareStaysThatOfTheRandomValues() {
    WordVectors vectors = new WordVectors(List.of("a", "b"), 50, random(100, 7));
    float[] matrix = random(100, 0.1);
    double before = dot(matrix, 0, matrix, 0, 100);
    new TokenInitialisation(vectors, 1).fill(List.of("a", "b"), matrix);
    assertEquals(before, dot(matrix, 0, matrix, 0, 100), 1e-5);
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
}
