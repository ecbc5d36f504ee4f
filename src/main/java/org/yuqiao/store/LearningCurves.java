package org.yuqiao.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The curves of a run by name, with few enough points to draw.
 *
 * @param curves by name: the metrics of training as they are called in {@code metrics.jsonl}; those
 *     of validation likewise, but {@link #VALIDATION_LOSS}
 */
public record LearningCurves(Map<String, List<Point>> curves) {
  /** The name of the curve of the loss on the validation split. */
  public static final String VALIDATION_LOSS = "validation loss";

  private static final String LOSS = "loss";
  private static final String SECONDS = "seconds";
  private static final String VALIDATION = "validation";

  /** Metrics that are no curves. */
  private static final Set<String> OTHER = Set.of(SECONDS, "peakMemoryBytes");

  /** Metrics of validation that are no scores. */
  private static final Set<String> NO_SCORES =
      Set.of(SECONDS, "peakMemoryBytes", LOSS, "perplexity");

  /**
   * A point of a curve.
   *
   * @param minutes of training
   */
  public record Point(long step, double minutes, double value) {}

  /**
   * The curves of {@code metrics}.
   *
   * @param maxPoints the maximum number of points of each, at least 3
   */
  public static LearningCurves of(MetricsFile metrics, int maxPoints) {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    for (String kind : List.of("train", VALIDATION)) {
      for (MetricsFile.Line line : metrics.of(kind)) {
        points(line)
            .forEach((name, p) -> curves.computeIfAbsent(name, key -> new ArrayList<>()).add(p));
      }
    }
    curves.replaceAll((name, points) -> thinned(points, maxPoints));
    return new LearningCurves(curves);
  }

  /** The points that {@code line} adds, by curve; none for the test. */
  public static Map<String, Point> points(MetricsFile.Line line) {
    Map<String, Point> points = new LinkedHashMap<>();
    boolean validation = line.kind().equals(VALIDATION);
    double minutes = line.metric(SECONDS) / 60;
    if ((!validation && !line.kind().equals("train")) || Double.isNaN(minutes)) {
      return points;
    }
    line.metrics()
        .forEach(
            (name, value) -> {
              if (!OTHER.contains(name) && Double.isFinite(value)) {
                points.put(
                    validation && name.equals(LOSS) ? VALIDATION_LOSS : name,
                    new Point(line.step(), minutes, value));
              }
            });
    return points;
  }

  /** The best score of each validation metric; without scores, the lowest validation loss. */
  public static Map<String, Double> best(MetricsFile metrics) {
    Map<String, Double> best = new LinkedHashMap<>();
    for (MetricsFile.Line line : metrics.of(VALIDATION)) {
      line.metrics()
          .forEach(
              (name, value) -> {
                if (!NO_SCORES.contains(name)) {
                  best.merge(name, value, Math::max);
                }
              });
    }
    if (best.isEmpty()) {
      metrics.of(VALIDATION).stream()
          .mapToDouble(line -> line.metric(LOSS))
          .filter(Double::isFinite)
          .min()
          .ifPresent(loss -> best.put(VALIDATION_LOSS, loss));
    }
    return best;
  }

  /**
   * Largest triangle three buckets (Steinarsson 2013, "Downsampling Time Series for Visual
   * Representation"): keeps the first and the last point, and of each bucket between them the one
   * that spans the largest triangle, so that spikes stay visible.
   */
  static List<Point> thinned(List<Point> points, int maxPoints) {
    if (points.size() <= maxPoints) {
      return List.copyOf(points);
    }
    int buckets = maxPoints - 2;
    List<Point> kept = new ArrayList<>();
    kept.add(points.get(0));
    for (int bucket = 0; bucket < buckets; bucket++) {
      Point next =
          mean(points, start(points, bucket + 1, buckets), start(points, bucket + 2, buckets));
      Point last = kept.get(kept.size() - 1);
      Point best = points.get(start(points, bucket, buckets));
      double largest = -1;
      for (Point p :
          points.subList(start(points, bucket, buckets), start(points, bucket + 1, buckets))) {
        double area =
            Math.abs(
                (last.minutes() - next.minutes()) * (p.value() - last.value())
                    - (last.minutes() - p.minutes()) * (next.value() - last.value()));
        if (area > largest) {
          largest = area;
          best = p;
        }
      }
      kept.add(best);
    }
    kept.add(points.get(points.size() - 1));
    return kept;
  }

  /**
   * The first index of a bucket of the inner points; the bucket after the last is the last point.
   */
  private static int start(List<Point> points, int bucket, int buckets) {
    int inner = points.size() - 2;
    return bucket > buckets ? points.size() : 1 + (int) ((long) inner * bucket / buckets);
  }

  private static Point mean(List<Point> points, int from, int to) {
    double minutes = 0;
    double value = 0;
    for (Point point : points.subList(from, to)) {
      minutes += point.minutes() / (to - from);
      value += point.value() / (to - from);
    }
    return new Point(0, minutes, value);
  }
}
