package org.yuqiao.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The metrics of a run, read from {@code metrics.jsonl}. A run resumed after a kill repeats the
 * steps since its last checkpoint; the later metrics replace the earlier ones.
 */
public final class MetricsFile {
  private static final Set<String> KINDS = Set.of("train", "validation", "test");

  private final List<Line> lines;

  /**
   * The metrics of a step.
   *
   * @param kind train, validation or test
   */
  public record Line(String kind, long step, Map<String, Double> metrics) {
    /** The value of a metric; NaN if it is missing. */
    public double metric(String name) {
      return metrics.getOrDefault(name, Double.NaN);
    }
  }

  private MetricsFile(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Reads the metrics of a run; no lines if it has not written any yet. */
  public static MetricsFile read(RunFolder run) {
    List<Line> lines = new ArrayList<>();
    JsonLines.read(run.metrics()).stream()
        .flatMap(node -> line(node).stream())
        .forEach(line -> add(lines, line));
    return new MetricsFile(lines);
  }

  private static void add(List<Line> lines, Line line) {
    for (int i = lines.size() - 1; i >= 0 && lines.get(i).step() >= line.step(); i--) {
      if (lines.get(i).step() > line.step() || lines.get(i).kind().equals(line.kind())) {
        lines.remove(i);
      }
    }
    lines.add(line);
  }

  /** The metrics of a line; empty for one that is not complete or of another kind. */
  static Optional<Line> line(JsonNode node) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNumber() && !entry.getKey().equals("step")) {
                metrics.put(entry.getKey(), entry.getValue().asDouble());
              }
            });
    return KINDS.contains(node.path("kind").asText()) && node.hasNonNull("step")
        ? Optional.of(new Line(node.get("kind").asText(), node.get("step").asLong(), metrics))
        : Optional.empty();
  }

  /** The lines of a kind, by step. */
  public List<Line> of(String kind) {
    return lines.stream().filter(line -> line.kind().equals(kind)).toList();
  }

  /** The last step with metrics; 0 if there is none. */
  public long step() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).step();
  }

  /** The maximum of a metric over all lines of {@code kind}. */
  public OptionalDouble max(String kind, String metric) {
    return of(kind).stream()
        .mapToDouble(line -> line.metric(metric))
        .filter(value -> !Double.isNaN(value))
        .max();
  }
}
