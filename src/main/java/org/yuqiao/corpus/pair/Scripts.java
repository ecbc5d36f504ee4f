package org.yuqiao.corpus.pair;

import java.lang.Character.UnicodeScript;

/** Counts characters by Unicode script. */
public final class Scripts {
  private Scripts() {}

  public static boolean isHan(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
  }

  public static long hanCharacters(String text) {
    return text.codePoints().filter(Scripts::isHan).count();
  }

  public static long latinLetters(String text) {
    return text.codePoints().filter(c -> UnicodeScript.of(c) == UnicodeScript.LATIN).count();
  }
}
