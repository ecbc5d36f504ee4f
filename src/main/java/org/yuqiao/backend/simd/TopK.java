package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The k largest of many values and their indices. Of equal values the first wins; negative infinity
 * is never among them.
 *
 * <p>Values are compared a block of vectors at a time with the smallest of the k found so far. The
 * max of each lane is taken first: its k-th largest is a lower bound, so that few values are looked
 * at one by one.
 */
public final class TopK {
  private static final int BLOCK = 4 * SimdMath.LANES;

  private final int k;
  private final int[] indices;
  private final float[] values;
  private final float[] lanes = new float[SimdMath.LANES];
  private int count;

  /** A search for the {@code k} largest. */
  public TopK(int k) {
    this.k = k;
    this.indices = new int[k];
    this.values = new float[k];
  }

  /** Searches the first {@code length} elements of {@code candidates}. */
  public void find(float[] candidates, int length) {
    count = 0;
    float bound = lowerBound(candidates, length - length % SimdMath.LANES);
    float threshold = bound;
    int i = 0;
    for (; i + BLOCK <= length; i += BLOCK) {
      if (maxByLane(candidates, i).compare(VectorOperators.GT, threshold).anyTrue()) {
        threshold = takeVectors(candidates, i, i + BLOCK, threshold, bound);
      }
    }
    take(candidates, i, length, threshold, bound);
  }

  /** A lower bound: at least k of the first {@code length} values, whole vectors, exceed it. */
  private float lowerBound(float[] candidates, int length) {
    if (k > SimdMath.LANES || length == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    SimdMath.maxByLane(candidates, length).intoArray(lanes, 0);
    for (float lane : lanes) {
      if (count < k || lane > values[k - 1]) {
        insert(0, lane);
      }
    }
    count = 0;
    float reached = values[k - 1];
    return reached > Float.NEGATIVE_INFINITY ? Math.nextDown(reached) : Float.NEGATIVE_INFINITY;
  }

  /** The max of each lane over the four vectors of a block. */
  private static FloatVector maxByLane(float[] candidates, int at) {
    FloatVector a =
        SimdMath.load(candidates, at).max(SimdMath.load(candidates, at + SimdMath.LANES));
    FloatVector b = SimdMath.load(candidates, at + 2 * SimdMath.LANES);
    return a.max(b.max(SimdMath.load(candidates, at + 3 * SimdMath.LANES)));
  }

  private float takeVectors(float[] candidates, int from, int to, float threshold, float bound) {
    float limit = threshold;
    for (int i = from; i < to; i += SimdMath.LANES) {
      if (SimdMath.anyAbove(candidates, i, limit)) {
        limit = take(candidates, i, i + SimdMath.LANES, limit, bound);
      }
    }
    return limit;
  }

  private float take(float[] candidates, int from, int to, float threshold, float bound) {
    float limit = threshold;
    for (int i = from; i < to; i++) {
      if (candidates[i] > limit) {
        insert(i, candidates[i]);
        limit = count == k ? values[k - 1] : bound;
      }
    }
    return limit;
  }

  private void insert(int index, float value) {
    int at = count == k ? k - 1 : count++;
    while (at > 0 && values[at - 1] < value) {
      values[at] = values[at - 1];
      indices[at] = indices[at - 1];
      at--;
    }
    values[at] = value;
    indices[at] = index;
  }

  /** The number found: k, or fewer when there are fewer. */
  public int count() {
    return count;
  }

  /** The index of the value of {@code rank}; rank 0 is the max. */
  public int index(int rank) {
    return indices[rank];
  }

  /** The value of {@code rank}; rank 0 is the max. */
  public float value(int rank) {
    return values[rank];
  }
}
