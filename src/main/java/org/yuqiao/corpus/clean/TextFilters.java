package org.yuqiao.corpus.clean;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.yuqiao.corpus.pair.Scripts;

/** Filters that judge a pair by its own text alone. */
final class TextFilters {
  private TextFilters() {}

  /** Drops pairs with an empty side. */
  static final class EmptySide extends PairFilter {
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

  /** Drops pairs with a side longer than {@code limit} characters. */
  static final class LengthLimit extends PairFilter {
    private static final long serialVersionUID = 1L;

    @JsonProperty private final int limit;

    LengthLimit(@JsonProperty("limit") int limit) {
      this.limit = limit;
    }

    @Override
    public String name() {
      return "length-limit";
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      int longer = Math.max(chinese.length(), english.length());
      return longer > limit
          ? Optional.of("a side has " + longer + " characters, more than " + limit)
          : Optional.empty();
    }
  }

  /**
   * Drops pairs with one side more than {@code ratio} times as long as the other. A Han character
   * counts as three letters; twenty are added to both sides, so that short sentences may differ.
   */
  static final class LengthRatio extends PairFilter {
    private static final long serialVersionUID = 1L;
    private static final int ALLOWANCE = 20;

    @JsonProperty private final double ratio;

    LengthRatio(@JsonProperty("ratio") double ratio) {
      this.ratio = ratio;
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

  /**
   * Drops pairs with a side that is not in the script of its language: untranslated or swapped. A
   * number or an address that is the same on both sides is kept, for it is to be copied.
   */
  static final class WrongScript extends PairFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern NUMBER_OR_ADDRESS =
        Pattern.compile("\\P{L}+|\\S*(://|@|www\\.)\\S+");

    @Override
    public String name() {
      return "wrong-script";
    }

    @Override
    Optional<String> objection(String chinese, String english) {
      boolean copied = chinese.equals(english) && NUMBER_OR_ADDRESS.matcher(english).matches();
      if (Scripts.hanCharacters(chinese) == 0 && !copied) {
        return Optional.of("the Chinese side has no Han character");
      }
      return Scripts.hanCharacters(english) > Scripts.latinLetters(english)
          ? Optional.of("the English side is in Han characters")
          : Optional.empty();
    }
  }
}
