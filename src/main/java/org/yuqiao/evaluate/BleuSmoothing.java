package org.yuqiao.evaluate;

/**
 * What BLEU takes for the precision of an order without any match, whose logarithm it could not
 * take (Chen and Cherry 2014); the constants are sacreBLEU's.
 */
public enum BleuSmoothing {
  /** Nothing: the score is 0. */
  NONE("none"),
  /** As if a tenth of an n-gram had matched. */
  FLOOR("floor[0.10]"),
  /** One more n-gram and one more match in every order above the first (Lin and Och 2004). */
  ADD_ONE("add-k[1.00]"),
  /** Half a match for the first such order, a quarter for the second, and so on (NIST). */
  EXPONENTIAL("exp");

  private static final double FLOOR_MATCHES = 0.1;

  private final String signature;

  BleuSmoothing(String signature) {
    this.signature = signature;
  }

  /** The word for it in signatures. */
  public String signature() {
    return signature;
  }

  /** What is added to matches and n-grams of order {@code n}. */
  double added(int n) {
    return this == ADD_ONE && n > 1 ? 1 : 0;
  }

  /** Matches that stand in for none, in the {@code nth} order without a match, from 1 on. */
  double insteadOfNone(int nth) {
    return switch (this) {
      case NONE, ADD_ONE -> 0;
      case FLOOR -> FLOOR_MATCHES;
      case EXPONENTIAL -> 1.0 / (1 << nth);
    };
  }
}
