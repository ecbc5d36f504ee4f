package org.yuqiao.embedding.query;

/**
 * How the fourth word of an analogy is found: a is to a* as b is to which b*? (Levy and Goldberg
 * 2014, "Linguistic Regularities in Sparse and Explicit Word Representations", section 6.) The
 * cosines in it are between vectors of length 1 and moved from -1..1 to 0..1, which 3CosMul needs
 * and 3CosAdd does not mind.
 */
public enum AnalogyMethod {
  /** 3CosAdd: argmax of cos(b*, b) - cos(b*, a) + cos(b*, a*). */
  ADD {
    @Override
    public float score(float a, float aStar, float b) {
      return b - a + aStar;
    }
  },
  /** 3CosMul: argmax of cos(b*, b) cos(b*, a*) / (cos(b*, a) + 0.001). */
  MULTIPLY {
    @Override
    public float score(float a, float aStar, float b) {
      return b * aStar / (a + EPSILON);
    }
  };

  /** Keeps the division from zero. */
  public static final float EPSILON = 0.001f;

  /** What a candidate is worth by its three cosines, each from 0 to 1. */
  public abstract float score(float a, float aStar, float b);

  /** A cosine moved from -1..1 to 0..1. */
  public static float shifted(float cosine) {
    return (cosine + 1) / 2;
  }
}
