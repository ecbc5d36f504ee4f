package org.yuqiao.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric's score of a corpus.
 *
 * @param metric the metric's name
 * @param value the score, from 0 to 100 (TER: 0 and above)
 * @param signature in sacreBLEU's notation
 * @param details the components of the score by name, in a fixed order, e.g. {@code brevityPenalty}
 */
public record MetricScore(
    String metric, double value, String signature, Map<String, Double> details) {
  /** Keeps the order of the details. */
  public MetricScore {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
