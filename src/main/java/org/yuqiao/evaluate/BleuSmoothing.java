package org.yuqiao.evaluate;

/**
 * Smoothing of n-gram precisions without a match, whose logarithm is undefined (Chen and Cherry
 * 2014); the constants are sacreBLEU's.
 */
public enum BleuSmoothing {
  /** No smoothing: the score is 0. */
  NONE("none"),
  /** Counts 0.1 matches. */
  FLOOR("floor[0.10]"),
  /** One more n-gram and one more match in every order above the first (Lin and Och 2004). */
  ADD_ONE("add-k[1.00]"),
  /** 1/2 match for the first order without one, 1/4 for the second, and so on (NIST). */
  EXPONENTIAL("exp");

  private static final double FLOOR_MATCHES = 0.1;

  private final String signature;

  BleuSmoothing(String signature) {
    this.signature = signature;
  }

  /** The value of the field {@code smooth} in signatures. */
  public String signature() {
    return signature;
  }

  /** The number added to matches and n-grams of order {@code n}. */
  double added(int n) {
    return this == ADD_ONE && n > 1 ? 1 : 0;
  }

  /** The matches that replace zero in the {@code nth} order without a match, counted from 1. */
  double matchesForZero(int nth) {
    return switch (this) {
      case NONE, ADD_ONE -> 0;
      case FLOOR -> FLOOR_MATCHES;
      case EXPONENTIAL -> 1.0 / (1 << nth);
    };
  }
}
