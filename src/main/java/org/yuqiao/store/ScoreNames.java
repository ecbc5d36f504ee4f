package org.yuqiao.store;

import java.util.Map;

/** How people write the names of scores. */
public final class ScoreNames {
  private static final Map<String, String> WRITTEN =
      Map.of("bleu", "BLEU", "chrf", "chrF", "ter", "TER", "f1", "F1", "macro-f1", "macro-F1");

  private ScoreNames() {}

  /** The name that belongs to a key. */
  public static String of(String key) {
    return WRITTEN.getOrDefault(key, key);
  }
}
