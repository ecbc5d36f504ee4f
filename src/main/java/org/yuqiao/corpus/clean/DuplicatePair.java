package org.yuqiao.corpus.clean;

import java.util.Optional;

/** Drops pairs that stood before, word for word. */
public final class DuplicatePair extends PairFilter {
  private static final long serialVersionUID = 1L;

  private final transient HashedSet seen = new HashedSet();

  @Override
  public String name() {
    return "duplicate-pair";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    return seen.add(chinese + "\t" + english)
        ? Optional.empty()
        : Optional.of("the same pair stood before");
  }
}
