package org.yuqiao.corpus.clean;

import java.util.Optional;
import org.yuqiao.corpus.pair.Scripts;

/**
 * Drops pairs whose sides are not in the scripts of their languages: left untranslated, or swapped.
 */
public final class WrongScript extends PairFilter {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "wrong-script";
  }

  @Override
  Optional<String> objection(String chinese, String english) {
    if (Scripts.hanCharacters(chinese) == 0 && Scripts.latinLetters(chinese) > 0) {
      return Optional.of("the Chinese side has no Han character");
    }
    return Scripts.hanCharacters(english) > Scripts.latinLetters(english)
        ? Optional.of("the English side is in Han characters")
        : Optional.empty();
  }
}
