package org.yuqiao.backend;

/**
 * Finds the k greatest of many numbers in one pass: most numbers are only compared, a vector at a
 * time, with the least of the k found so far. Of equal numbers the one that comes first is taken;
 * negative infinity is never taken.
 */
public final class TopK {
  private final int k;
  private final int[] indices;
  private final float[] values;
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
    float least = Float.NEGATIVE_INFINITY;
    int i = 0;
    for (; i + Lanes.COUNT <= length; i += Lanes.COUNT) {
      if (Lanes.anyAbove(numbers, i, least)) {
        least = take(numbers, i, i + Lanes.COUNT, least);
      }
    }
    take(numbers, i, length, least);
  }

  private float take(float[] numbers, int from, int to, float least) {
    float limit = least;
    for (int i = from; i < to; i++) {
      if (numbers[i] > limit) {
        insert(i, numbers[i]);
        limit = count == k ? values[k - 1] : Float.NEGATIVE_INFINITY;
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
