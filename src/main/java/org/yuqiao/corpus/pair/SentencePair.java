package org.yuqiao.corpus.pair;

import org.yuqiao.text.Language;

/**
 * A Chinese sentence and its English translation.
 *
 * @param origin its place, as "file, line n"
 */
public record SentencePair(String chinese, String english, String origin) {
  /** The side in the given language. */
  public String side(Language language) {
    return language == Language.ZH ? chinese : english;
  }

  /** This pair with another sentence on the side of {@code language}. */
  public SentencePair with(Language language, String sentence) {
    if (sentence.equals(side(language))) {
      return this;
    }
    return language == Language.ZH
        ? new SentencePair(sentence, english, origin)
        : new SentencePair(chinese, sentence, origin);
  }
}
