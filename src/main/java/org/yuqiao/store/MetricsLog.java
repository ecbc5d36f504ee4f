package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Appends the metrics of a run to {@code metrics.jsonl}, one JSON object a line, and to a
 * TensorBoard event file.
 */
public final class MetricsLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

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
    try {
      byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
    metrics.forEach((name, value) -> tensorBoard.scalar(kind + "/" + name, step, value));
  }

  @Override
  public void close() {
    tensorBoard.close();
  }
}
