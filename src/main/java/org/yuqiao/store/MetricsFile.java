package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.yuqiao.files.InvalidInputException;

/**
 * What {@code metrics.jsonl} says. A run that was killed goes on from its last checkpoint and
 * writes figures of the same steps again: the later ones count.
 */
public final class MetricsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Line> lines;

  /**
   * Figures of a step.
   *
   * @param kind train, validation or test
   */
  public record Line(String kind, long step, Map<String, Double> figures) {
    /** One of them, NaN when it is not there. */
    public double figure(String name) {
      return figures.getOrDefault(name, Double.NaN);
    }
  }

  private MetricsFile(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Reads the figures of a run; none when it has not written any yet. */
  public static MetricsFile read(RunFolder run) {
    List<Line> lines = new ArrayList<>();
    if (!Files.isRegularFile(run.metrics())) {
      return new MetricsFile(lines);
    }
    try {
      String text = Files.readString(run.metrics(), StandardCharsets.UTF_8);
      // Behind the last line feed stands what is being written at this moment.
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .flatMap(line -> parse(line).stream())
          .forEach(line -> add(lines, line));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + run.metrics() + ": " + e.getMessage(), e);
    }
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

  /** A line; empty for one that a kill or a full disk left incomplete. */
  private static Optional<Line> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      Map<String, Double> figures = new LinkedHashMap<>();
      node.properties()
          .forEach(
              entry -> {
                if (entry.getValue().isNumber() && !entry.getKey().equals("step")) {
                  figures.put(entry.getKey(), entry.getValue().asDouble());
                }
              });
      return node.hasNonNull("kind") && node.hasNonNull("step")
          ? Optional.of(new Line(node.get("kind").asText(), node.get("step").asLong(), figures))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The lines of a kind in the order of their steps. */
  public List<Line> of(String kind) {
    return lines.stream().filter(line -> line.kind().equals(kind)).toList();
  }

  /** The step of the latest figures; 0 when there are none. */
  public long step() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).step();
  }

  /** The maximum of a figure over all lines of {@code kind}. */
  public OptionalDouble max(String kind, String figure) {
    return of(kind).stream()
        .mapToDouble(line -> line.figure(figure))
        .filter(value -> !Double.isNaN(value))
        .max();
  }
}
