package org.yuqiao.corpus.clean;

import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Drops pairs of which a side has too many characters. */
public final class LengthLimit extends PairFilter {
  private static final long serialVersionUID = 1L;

  private final int limit;

  /** Allows {@code limit} characters a side. */
  public LengthLimit(@JsonProperty("limit") int limit) {
    this.limit = limit;
  }

  /** The most characters a side may have. */
  @JsonProperty("limit")
  public int limit() {
    return limit;
  }

  @Override
  public String name() {
    return "length-limit";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    int longest = Math.max(chinese.length(), english.length());
    return longest > limit
        ? Optional.of("a side has " + longest + " characters, more than " + limit)
        : Optional.empty();
  }
}
