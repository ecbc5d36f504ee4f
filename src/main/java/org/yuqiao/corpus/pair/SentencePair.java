package org.yuqiao.corpus.pair;

import org.yuqiao.text.Language;

/**
 * A Chinese sentence and its English translation.
 *
 * @param origin where it stands, as "file, line n"
 */
public record SentencePair(String chinese, String english, String origin) {
  /** The side in the given language. */
  public String side(Language language) {
    return language == Language.ZH ? chinese : english;
  }
}
