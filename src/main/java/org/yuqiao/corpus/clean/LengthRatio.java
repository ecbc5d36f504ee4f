package org.yuqiao.corpus.clean;

import java.util.Locale;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.corpus.pair.Scripts;

/**
 * Drops pairs whose sides differ in length beyond belief. A Han character counts as three letters;
 * twenty are added to both sides, so that short sentences may differ.
 */
public final class LengthRatio extends PairFilter {
  private static final long serialVersionUID = 1L;
  private static final int ALLOWANCE = 20;

  private final double ratio;

  /** Allows one side to be {@code ratio} times as long as the other. */
  public LengthRatio(@JsonProperty("ratio") double ratio) {
    this.ratio = ratio;
  }

  /** The maximum ratio. */
  @JsonProperty("ratio")
  public double ratio() {
    return ratio;
  }

  @Override
  public String name() {
    return "length-ratio";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    double zh = ALLOWANCE + chinese.codePoints().mapToLong(c -> Scripts.isHan(c) ? 3 : 1).sum();
    double en = ALLOWANCE + english.length();
    double actual = Math.max(zh / en, en / zh);
    return actual > ratio
        ? Optional.of(
            String.format(Locale.ROOT, "one side is %.1f times as long as the other", actual))
        : Optional.empty();
  }
}
