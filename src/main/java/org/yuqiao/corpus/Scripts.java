package org.yuqiao.corpus;

import java.lang.Character.UnicodeScript;

/** Which script characters belong to. */
final class Scripts {
  private Scripts() {}

  static boolean isHan(int codePoint) {
    return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
  }

  static long hanCharacters(String text) {
    return text.codePoints().filter(Scripts::isHan).count();
  }

  static long latinLetters(String text) {
    return text.codePoints().filter(c -> UnicodeScript.of(c) == UnicodeScript.LATIN).count();
  }
}
