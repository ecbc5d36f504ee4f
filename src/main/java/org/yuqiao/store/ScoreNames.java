package org.yuqiao.store;

import java.util.Map;

/** Display names of metrics. */
public final class ScoreNames {
  private static final Map<String, String> DISPLAYED =
      Map.of("bleu", "BLEU", "chrf", "chrF", "ter", "TER", "f1", "F1", "macro-f1", "macro-F1");

  private ScoreNames() {}

  /** The display name of a metric, as BLEU for {@code bleu}. */
  public static String of(String key) {
    return DISPLAYED.getOrDefault(key, key);
  }
}
