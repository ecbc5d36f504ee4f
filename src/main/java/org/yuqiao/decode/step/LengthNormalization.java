package org.yuqiao.decode.step;

/**
 * The divisor of a hypothesis' log-probability, for |Y| tokens with the end and an exponent alpha.
 */
public enum LengthNormalization {
  /** ((5 + |Y|) / 6)^alpha (Wu et al. 2016, section 7). */
  GNMT {
    @Override
    double penalty(int length, double alpha) {
      return Math.pow((5.0 + length) / 6.0, alpha);
    }
  },
  /** |Y|^alpha, as in Marian and Hugging Face Transformers. */
  LENGTH {
    @Override
    double penalty(int length, double alpha) {
      return Math.pow(length, alpha);
    }
  };

  abstract double penalty(int length, double alpha);
}
