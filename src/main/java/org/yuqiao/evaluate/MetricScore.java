package org.yuqiao.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a metric says of a corpus.
 *
 * @param metric the metric's name
 * @param value the score, from 0 to 100 (TER: from 0 up)
 * @param signature what was computed, in sacreBLEU's notation
 * @param details the figures behind the score by their names, in a fixed order, such as {@code
 *     brevityPenalty}
 */
public record MetricScore(
    String metric, double value, String signature, Map<String, Double> details) {
  /** Keeps the order of the details. */
  public MetricScore {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
