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
 * The figures of a complete run; the file is the last that a run writes.
 *
 * @param finished when, in UTC
 * @param parameters of the model
 * @param steps taken
 * @param epochs finished epochs
 * @param seconds of training, validation included, over all sessions
 * @param targetTokens predicted in training
 * @param peakMemoryBytes the most memory the process held, over all sessions
 * @param testSentences in the test split
 * @param translationSeconds that translating it took
 * @param scores on it, by metric
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

  /** Target tokens trained on in a second, validation included in the time. */
  public double targetTokensPerSecond() {
    return targetTokens / Math.max(1e-9, seconds);
  }

  public void write(RunFolder run) {
    AtomicFile.write(
        run.result(), out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, this));
  }

  /** That of a run; empty when the run is not complete. */
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
