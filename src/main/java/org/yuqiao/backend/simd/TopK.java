package org.yuqiao.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Finds the k greatest of many numbers: most are only compared, vectors at a time, with the least
 * of the k found so far. No more than a few are looked at singly, since it is known beforehand what
 * k of them reach: the greatest of each lane is found first, and k of these are among the numbers.
 * Of equal numbers the one that comes first is taken; negative infinity is never taken.
 */
public final class TopK {
  private static final int BLOCK = 4 * SimdMath.COUNT;

  private final int k;
  private final int[] indices;
  private final float[] values;
  private final float[] lanes = new float[SimdMath.COUNT];
  private int count;

  /** Room for the {@code k} greatest. */
  public TopK(int k) {
    this.k = k;
    this.indices = new int[k];
    this.values = new float[k];
  }

  /** Looks through the first {@code length} elements of {@code numbers}. */
  public void find(float[] numbers, int length) {
    count = 0;
    float floor = below(numbers, length - length % SimdMath.COUNT);
    float least = floor;
    int i = 0;
    for (; i + BLOCK <= length; i += BLOCK) {
      if (greatest(numbers, i).compare(VectorOperators.GT, least).anyTrue()) {
        least = takeVectors(numbers, i, i + BLOCK, least, floor);
      }
    }
    take(numbers, i, length, least, floor);
  }

  /** A number that at least k of the first {@code length}, whole vectors, are above, if any is. */
  private float below(float[] numbers, int length) {
    if (k > SimdMath.COUNT || length == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    SimdMath.greatest(numbers, length).intoArray(lanes, 0);
    for (float lane : lanes) {
      if (count < k || lane > values[k - 1]) {
        insert(0, lane);
      }
    }
    count = 0;
    float reached = values[k - 1];
    return reached > Float.NEGATIVE_INFINITY ? Math.nextDown(reached) : Float.NEGATIVE_INFINITY;
  }

  /** Lane by lane the greatest of the four vectors of a block. */
  private static FloatVector greatest(float[] numbers, int at) {
    FloatVector a = SimdMath.load(numbers, at).max(SimdMath.load(numbers, at + SimdMath.COUNT));
    FloatVector b = SimdMath.load(numbers, at + 2 * SimdMath.COUNT);
    return a.max(b.max(SimdMath.load(numbers, at + 3 * SimdMath.COUNT)));
  }

  private float takeVectors(float[] numbers, int from, int to, float least, float floor) {
    float limit = least;
    for (int i = from; i < to; i += SimdMath.COUNT) {
      if (SimdMath.anyAbove(numbers, i, limit)) {
        limit = take(numbers, i, i + SimdMath.COUNT, limit, floor);
      }
    }
    return limit;
  }

  private float take(float[] numbers, int from, int to, float least, float floor) {
    float limit = least;
    for (int i = from; i < to; i++) {
      if (numbers[i] > limit) {
        insert(i, numbers[i]);
        limit = count == k ? values[k - 1] : floor;
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

  /** How many were found: k, or fewer when there are not so many. */
  public int count() {
    return count;
  }

  /** Where the {@code rank}-th greatest is, the greatest being number 0. */
  public int index(int rank) {
    return indices[rank];
  }

  /** The {@code rank}-th greatest. */
  public float value(int rank) {
    return values[rank];
  }
}
