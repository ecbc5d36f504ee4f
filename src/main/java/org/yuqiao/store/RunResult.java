package org.yuqiao.store;

import java.util.Map;
import java.util.Optional;
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
  /** Training throughput; the time includes validation. */
  public double targetTokensPerSecond() {
    return targetTokens / Math.max(1e-9, seconds);
  }

  /** The same run with other test scores, as of its int8 weights. */
  public RunResult withScores(Map<String, Double> scores, double translationSeconds) {
    return new RunResult(
        finished,
        parameters,
        steps,
        epochs,
        seconds,
        targetTokens,
        peakMemoryBytes,
        testSentences,
        translationSeconds,
        scores,
        signatures);
  }

  /** Writes {@code result.json}. */
  public void write(RunFolder run) {
    file(run).write(this);
  }

  /**
   * Reads the result of a run; empty if the run is not complete.
   *
   * @throws InvalidInputException if the file is damaged or a score is not finite
   */
  public static Optional<RunResult> read(RunFolder run) {
    Optional<RunResult> result = file(run).read();
    result.ifPresent(
        read ->
            read.scores()
                .forEach(
                    (metric, score) ->
                        InvalidInputException.require(
                            Double.isFinite(score),
                            run.result() + ": the score " + metric + " is " + score)));
    return result;
  }

  private static ManifestFile<RunResult> file(RunFolder run) {
    return new ManifestFile<>(run.result(), RunResult.class);
  }
}
