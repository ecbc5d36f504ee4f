package org.yuqiao.corpus.read;

import org.yuqiao.corpus.pair.Scripts;

/** Han characters and Latin letters of several texts. */
final class ScriptCount {
  /** A Han character holds about as much text as so many letters. */
  private static final int LETTERS_PER_HAN = 3;

  private long han;
  private long latin;

  void add(String text) {
    han += Scripts.hanCharacters(text);
    latin += Scripts.latinLetters(text);
  }

  /** Whether there is any Han character or Latin letter. */
  boolean hasLetters() {
    return han + latin > 0;
  }

  /** Whether most of the text is in Han characters. */
  boolean isChinese() {
    return LETTERS_PER_HAN * han > latin;
  }

  /** Whether most of the text is in Latin letters. */
  boolean isEnglish() {
    return hasLetters() && !isChinese();
  }

  /** The share of Han characters in the text, from 0 to 1. */
  double hanShare() {
    return hasLetters() ? (double) LETTERS_PER_HAN * han / (LETTERS_PER_HAN * han + latin) : 0;
  }

  /** The language that the text looks like, in words. */
  String inWords() {
    if (!hasLetters()) {
      return "neither Chinese nor English";
    }
    return isChinese() ? "Chinese" : "English";
  }
}
