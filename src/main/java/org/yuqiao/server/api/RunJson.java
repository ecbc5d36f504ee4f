package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.work.RunRegistry;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.RunState;
import org.yuqiao.store.ValidationSamples;

/** A run as JSON: a summary for lists, and its settings, curves and sample translations. */
final class RunJson {
  private static final int MAX_POINTS = 600;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final String SECONDS = "seconds";
  private static final List<String> SCORES = List.of("bleu", "chrf", "accuracy", "f1");

  private final RunRegistry.Served served;
  private final MetricsFile metrics;

  RunJson(RunRegistry.Served served) {
    this.served = served;
    this.metrics = MetricsFile.read(served.run());
  }

  /** What the list shows. */
  ObjectNode summary() {
    ExperimentSettings settings = served.run().loadSettings();
    RunState state = RunState.of(served.run());
    ObjectNode summary =
        Json.object()
            .put("id", served.id())
            .put("name", served.id().replace('~', '/'))
            .put("state", state.label())
            .put("kind", settings.model().kindName());
    if (settings.translates()) {
      summary.put("direction", settings.direction());
    }
    summary.put("step", metrics.step()).put("minutes", minutes());
    ObjectNode best = summary.putObject("best");
    for (String score : SCORES) {
      metrics.max("validation", score).ifPresent(value -> best.put(score, value));
    }
    RunResult.read(served.run())
        .ifPresent(result -> summary.set("test", Json.tree(result.scores())));
    if (state == RunState.FAILED) {
      summary.put("failure", failure());
    }
    Provenance.read(served.run())
        .ifPresent(provenance -> summary.put("started", provenance.sessions().get(0).begun()));
    return summary;
  }

  private String failure() {
    try {
      return Files.readString(served.run().failure()).lines().findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Everything that the page shows of a run. */
  ObjectNode whole() {
    ObjectNode whole = summary();
    whole.set("settings", Json.tree(SettingsFile.changed(served.run().loadSettings())));
    ObjectNode curves = whole.putObject("curves");
    curves().forEach((name, points) -> curves.set(name, Json.tree(thinned(points))));
    ArrayNode samples = whole.putArray("samples");
    ValidationSamples.read(served.run()).forEach(sample -> samples.add(Json.tree(sample)));
    return whole;
  }

  private double minutes() {
    double seconds = 0;
    for (String kind : List.of("train", "validation")) {
      seconds = Math.max(seconds, metrics.max(kind, SECONDS).orElse(0));
    }
    return seconds / SECONDS_PER_MINUTE;
  }

  private Map<String, List<double[]>> curves() {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (String kind : List.of("train", "validation")) {
      for (MetricsFile.Line line : metrics.of(kind)) {
        points(line)
            .forEach(
                (name, point) -> curves.computeIfAbsent(name, key -> new ArrayList<>()).add(point));
      }
    }
    return curves;
  }

  /** The points that a line adds to the curves: step, minutes, value. */
  static Map<String, double[]> points(MetricsFile.Line line) {
    Map<String, double[]> points = new LinkedHashMap<>();
    double minutes = Math.max(0, line.metric(SECONDS)) / SECONDS_PER_MINUTE;
    line.metrics()
        .forEach(
            (name, value) -> {
              if (!name.equals(SECONDS) && Double.isFinite(value)) {
                points.put(curve(line.kind(), name), new double[] {line.step(), minutes, value});
              }
            });
    return points;
  }

  private static String curve(String kind, String name) {
    return kind.equals("validation") && name.equals("loss") ? "validation loss" : name;
  }

  /** At most {@link #MAX_POINTS}, evenly spaced, with the first and the last one. */
  private static List<double[]> thinned(List<double[]> points) {
    if (points.size() <= MAX_POINTS) {
      return points;
    }
    List<double[]> thinned = new ArrayList<>();
    for (int i = 0; i < MAX_POINTS; i++) {
      thinned.add(points.get((int) ((long) i * (points.size() - 1) / (MAX_POINTS - 1))));
    }
    return thinned;
  }

  /** The data of an event for a line of metrics. */
  static ObjectNode event(MetricsFile.Line line) {
    ObjectNode data =
        Json.object()
            .put("kind", line.kind())
            .put("step", line.step())
            .put("minutes", Math.max(0, line.metric(SECONDS)) / SECONDS_PER_MINUTE);
    data.set("points", Json.tree(points(line)));
    return data;
  }

  /** The data of an event that tells the state. */
  ObjectNode state(Optional<MetricsFile.Line> last) {
    return Json.object()
        .put("state", RunState.of(served.run()).label())
        .put("step", last.map(MetricsFile.Line::step).orElse(metrics.step()))
        .put(
            "minutes",
            last.map(line -> line.metric(SECONDS) / SECONDS_PER_MINUTE).orElse(minutes()));
  }
}
