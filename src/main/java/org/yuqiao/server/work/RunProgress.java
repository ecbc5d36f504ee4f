package org.yuqiao.server.work;

import java.util.List;
import java.util.Map;
import org.yuqiao.store.LearningCurves;
import org.yuqiao.store.MetricsFile;

/**
 * How far a run has come.
 *
 * @param step the last step with metrics
 * @param minutes of training
 * @param best the best value of each score of validation
 */
public record RunProgress(long step, double minutes, Map<String, Double> best) {
  private static final double SECONDS_PER_MINUTE = 60;

  /** The progress that {@code metrics} show. */
  public static RunProgress of(MetricsFile metrics) {
    double seconds =
        List.of("train", "validation").stream()
            .mapToDouble(kind -> metrics.max(kind, "seconds").orElse(0))
            .max()
            .orElse(0);
    return new RunProgress(
        metrics.step(), seconds / SECONDS_PER_MINUTE, LearningCurves.best(metrics));
  }
}
