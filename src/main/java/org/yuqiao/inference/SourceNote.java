package org.yuqiao.inference;

import java.util.Locale;
import java.util.Optional;
import org.yuqiao.text.Language;

/** Why a sentence is better left as it is: a model would invent a translation. */
public enum SourceNote {
  /** It has no letter. */
  NOTHING_TO_TRANSLATE,
  /** It is not in the language that the model reads. */
  OTHER_LANGUAGE;

  /** More tokens a word than this are rare in English and common in other languages. */
  private static final double MAX_TOKENS_PER_WORD = 2.6;

  private static final int MIN_WORDS = 4;

  /**
   * The note of a sentence, if any: by its scripts, and for English by the number of tokens that
   * its words fall into.
   */
  public static Optional<SourceNote> of(SplitLine.Sentence sentence, Language language) {
    String text = sentence.source();
    int letters = (int) text.codePoints().filter(Character::isLetter).count();
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (letters == 0) {
      return Optional.of(NOTHING_TO_TRANSLATE);
    }
    int han = count(text, Character.UnicodeScript.HAN);
    int latin = count(text, Character.UnicodeScript.LATIN);
    int kana =
        count(text, Character.UnicodeScript.HIRAGANA)
            + count(text, Character.UnicodeScript.KATAKANA);
    int others = letters - han - latin;
    boolean reads =
        language == Language.ZH
            ? han > 0 && others <= han && 5 * kana <= letters
            : latin > 0 && letters - latin <= latin && !isForeign(sentence);
    return reads ? Optional.empty() : Optional.of(OTHER_LANGUAGE);
  }

  private static int count(String text, Character.UnicodeScript script) {
    return (int)
        text.codePoints()
            .filter(c -> Character.isLetter(c) && Character.UnicodeScript.of(c) == script)
            .count();
  }

  /** Words of other languages fall into many tokens. */
  private static boolean isForeign(SplitLine.Sentence sentence) {
    int words = sentence.text().strip().split("[^\\p{L}\\p{M}'’]+").length;
    return words >= MIN_WORDS && sentence.ids().length > MAX_TOKENS_PER_WORD * words;
  }

  /** As in the API: {@code nothing-to-translate}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
