package org.yuqiao.text;

import java.util.Locale;

/** Pre-tokenization of runs of Han characters; subwords do not cross its borders. */
public enum Segmentation {
  /** None: a subword may span any characters of a run. */
  NONE,
  /** Single characters: no subword is longer than one. */
  CHARACTER,
  /** Words, by HanLP. */
  WORD;

  /** The value in settings. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
