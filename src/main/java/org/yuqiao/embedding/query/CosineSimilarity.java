package org.yuqiao.embedding.query;

import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * The cosine similarity of word vectors: the dot product of unit vectors. A zero vector has
 * similarity 0.
 */
public final class CosineSimilarity {
  private final WordVectors unit;

  /** Copies and normalizes {@code vectors}. */
  public CosineSimilarity(WordVectors vectors) {
    this.unit = vectors.normalized();
  }

  /** The vectors scaled to length 1. */
  WordVectors unit() {
    return unit;
  }

  /** The similarity of the words {@code a} and {@code b}, from -1 to 1. */
  public float of(int a, int b) {
    return SimdMath.dot(unit.values(), a * unit.dimension(), unit.row(b));
  }

  /** The similarities of {@code query} {@code [D]}, which may have any length, with all words. */
  public float[] withAll(float[] query) {
    float[] direction = unit(query);
    float[] result = new float[unit.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = SimdMath.dot(unit.values(), i * unit.dimension(), direction);
    }
    return result;
  }

  /** {@code vector} scaled to length 1; zero stays zero. */
  private static float[] unit(float[] vector) {
    float length = (float) Math.sqrt(SimdMath.dot(vector, 0, vector));
    float[] result = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      result[i] = length == 0 ? 0 : vector[i] / length;
    }
    return result;
  }
}
