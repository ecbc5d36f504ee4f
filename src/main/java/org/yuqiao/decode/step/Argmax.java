package org.yuqiao.decode.step;

import org.yuqiao.backend.simd.TopK;

/** The index of the largest element. */
public final class Argmax {
  /** Returned when every element is negative infinity: every token is masked. */
  public static final int NONE = -1;

  private Argmax() {}

  /** The index of the largest of {@code values}, the first of equal ones, or {@link #NONE}. */
  public static int of(float[] values) {
    TopK best = new TopK(1);
    best.find(values, values.length);
    return best.count() == 0 ? NONE : best.index(0);
  }
}
