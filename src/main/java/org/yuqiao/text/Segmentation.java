package org.yuqiao.text;

import java.util.Locale;

/** How runs of Han characters are cut before subwords are learned inside the pieces. */
public enum Segmentation {
  /** Not at all: a subword may span any characters of a run. */
  NONE,
  /** Into single characters: a subword is never longer than one. */
  CHARACTER,
  /** Into words, by HanLP: a subword never crosses the border of a word. */
  WORD;

  /** The word used in settings. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
