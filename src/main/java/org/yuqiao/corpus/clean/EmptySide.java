package org.yuqiao.corpus.clean;

import java.util.Optional;

/** Drops pairs of which a side is empty. */
public final class EmptySide extends PairFilter {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "empty-side";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    if (chinese.isBlank()) {
      return Optional.of("the Chinese side is empty");
    }
    return english.isBlank() ? Optional.of("the English side is empty") : Optional.empty();
  }
}
