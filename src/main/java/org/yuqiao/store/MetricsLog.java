package org.yuqiao.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Appends the metrics of a run to {@code metrics.jsonl}, one JSON object a line, and to a
 * TensorBoard event file.
 */
public final class MetricsLog implements AutoCloseable {
  private final Path file;
  private final TensorBoardWriter tensorBoard;

  /** Opens the log of a run; appends to earlier metrics. */
  public MetricsLog(RunFolder run) {
    this.file = run.metrics();
    this.tensorBoard = new TensorBoardWriter(run.path());
  }

  /**
   * Adds the metrics of a step.
   *
   * @param kind train, validation or test
   */
  public void add(String kind, long step, Map<String, Double> metrics) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", kind);
    line.put("step", step);
    line.putAll(metrics);
    JsonLines.append(file, line);
    metrics.forEach((name, value) -> tensorBoard.scalar(kind + "/" + name, step, value));
  }

  @Override
  public void close() {
    tensorBoard.close();
  }
}
