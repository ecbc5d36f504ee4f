package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.LocalPaths;
import org.yuqiao.server.work.RunProgress;
import org.yuqiao.server.work.RunRegistry;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.LearningCurves;
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

  private final RunRegistry.Served served;
  private final RunProgress progress;

  RunJson(RunRegistry.Served served, RunProgress progress) {
    this.served = served;
    this.progress = progress;
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
    summary.put("step", progress.step()).put("minutes", progress.minutes());
    summary.set("best", Json.tree(progress.best()));
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
      return shortened(Files.readString(served.run().failure()).lines().findFirst().orElse(""));
    } catch (IOException e) {
      return "";
    }
  }

  private String shortened(String text) {
    return LocalPaths.shortened(text, served.run().path());
  }

  /** Everything that the page shows of a run. */
  ObjectNode whole() {
    ObjectNode whole = summary();
    ObjectNode settings = whole.putObject("settings");
    SettingsFile.changed(served.run().loadSettings())
        .forEach((key, value) -> settings.put(key, shortened(value)));
    ObjectNode curves = whole.putObject("curves");
    LearningCurves.of(MetricsFile.read(served.run()), MAX_POINTS)
        .curves()
        .forEach((name, points) -> curves.set(name, array(points)));
    ArrayNode samples = whole.putArray("samples");
    ValidationSamples.read(served.run()).forEach(sample -> samples.add(Json.tree(sample)));
    return whole;
  }

  private static ArrayNode array(List<LearningCurves.Point> points) {
    ArrayNode array = Json.object().putArray("points");
    points.forEach(point -> array.add(array(point)));
    return array;
  }

  /** A point as step, minutes, value. */
  private static ArrayNode array(LearningCurves.Point point) {
    return Json.object()
        .putArray("point")
        .add(point.step())
        .add(point.minutes())
        .add(point.value());
  }

  /** The data of an event for a line of metrics. */
  static ObjectNode event(MetricsFile.Line line) {
    ObjectNode data = Json.object().put("kind", line.kind()).put("step", line.step());
    minutes(line).ifPresent(minutes -> data.put("minutes", minutes));
    ObjectNode points = data.putObject("points");
    LearningCurves.points(line).forEach((name, point) -> points.set(name, array(point)));
    return data;
  }

  /** Minutes of training; empty for the test, which has none. */
  private static OptionalDouble minutes(MetricsFile.Line line) {
    double seconds = line.metric(SECONDS);
    return Double.isFinite(seconds)
        ? OptionalDouble.of(seconds / SECONDS_PER_MINUTE)
        : OptionalDouble.empty();
  }

  /** The data of an event that tells the state. */
  ObjectNode state() {
    return Json.object()
        .put("state", RunState.of(served.run()).label())
        .put("step", progress.step())
        .put("minutes", progress.minutes());
  }
}
