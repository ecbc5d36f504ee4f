package org.yuqiao.embedding.query;

/**
 * Scores candidates b* for the analogy: a is to a* as b is to b* (Levy and Goldberg 2014,
 * "Linguistic Regularities in Sparse and Explicit Word Representations", section 6). The cosines
 * are shifted from -1..1 to 0..1, which 3CosMul needs and which does not change the order of
 * 3CosAdd.
 */
public enum AnalogyMethod {
  /** 3CosAdd: maximizes cos(b*, b) - cos(b*, a) + cos(b*, a*). */
  ADD {
    @Override
    public float score(float a, float aStar, float b) {
      return b - a + aStar;
    }
  },
  /** 3CosMul: maximizes cos(b*, b) cos(b*, a*) / (cos(b*, a) + 0.001). */
  MULTIPLY {
    @Override
    public float score(float a, float aStar, float b) {
      return b * aStar / (a + EPSILON);
    }
  };

  /** Avoids division by zero. */
  public static final float EPSILON = 0.001f;

  /** The score of a candidate from its three shifted cosines, each from 0 to 1. */
  public abstract float score(float a, float aStar, float b);

  /** A cosine shifted from -1..1 to 0..1. */
  public static float shifted(float cosine) {
    return (cosine + 1) / 2;
  }
}
