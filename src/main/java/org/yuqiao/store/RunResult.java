package org.yuqiao.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/**
 * The result of a complete run, the last file that a run writes.
 *
 * @param finished the time, in UTC
 * @param parameters number of parameters
 * @param steps training steps
 * @param epochs completed epochs
 * @param seconds of training and validation, over all sessions
 * @param targetTokens predicted in training
 * @param peakMemoryBytes peak memory of the process, over all sessions
 * @param testSentences size of the test split
 * @param translationSeconds time to translate the test split
 * @param scores test scores by metric
 * @param signatures by metric
 */
public record RunResult(
    String finished,
    long parameters,
    long steps,
    int epochs,
    double seconds,
    long targetTokens,
    long peakMemoryBytes,
    int testSentences,
    double translationSeconds,
    Map<String, Double> scores,
    Map<String, String> signatures) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Training throughput; the time includes validation. */
  public double targetTokensPerSecond() {
    return targetTokens / Math.max(1e-9, seconds);
  }

  /** Writes {@code result.json}. */
  public void write(RunFolder run) {
    AtomicFile.write(
        run.result(), out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, this));
  }

  /** Reads the result of a run; empty if the run is not complete. */
  public static Optional<RunResult> read(RunFolder run) {
    if (!Files.isRegularFile(run.result())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(run.result().toFile(), RunResult.class));
    } catch (IOException e) {
      throw new InvalidInputException(run.result() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
