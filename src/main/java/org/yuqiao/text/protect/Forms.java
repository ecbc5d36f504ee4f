package org.yuqiao.text.protect;

import java.util.Optional;
import org.yuqiao.text.Language;

/** The usual forms of a date or a large number, which each language writes in its own way. */
record Forms(String chinese, String english) {
  /** The forms of a text that is a date or a large number in {@code language}. */
  static Optional<Forms> of(String text, Language language) {
    return Dates.forms(text, language).or(() -> LargeNumbers.forms(text, language));
  }

  /** The form of {@code language}. */
  String in(Language language) {
    return language == Language.ZH ? chinese : english;
  }
}
