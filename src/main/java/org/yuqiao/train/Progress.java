package org.yuqiao.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.InvalidInputException;

/**
 * The progress of a training: all of its state besides parameters and moments. Data order and
 * dropout are functions of the seed and of this.
 *
 * @param step steps taken
 * @param epoch epochs completed
 * @param batch batches taken of the current epoch
 * @param seconds of training so far, over all sessions
 * @param sourceTokens source tokens read so far
 * @param targetTokens target tokens predicted so far
 * @param validations all validations so far
 */
public record Progress(
    @JsonProperty(required = true) long step,
    @JsonProperty(required = true) int epoch,
    @JsonProperty(required = true) int batch,
    @JsonProperty(required = true) double seconds,
    @JsonProperty(required = true) long sourceTokens,
    @JsonProperty(required = true) long targetTokens,
    @JsonProperty(required = true) List<Validation> validations) {
  /** Checks what a file may hold. */
  public Progress {
    require(step >= 0, "step", step);
    require(epoch >= 0, "epoch", epoch);
    require(batch >= 0, "batch", batch);
    require(seconds >= 0 && Double.isFinite(seconds), "seconds", seconds);
    require(validations != null, "validations", "empty");
  }

  private static void require(boolean condition, String key, Object value) {
    InvalidInputException.require(condition, "key '" + key + "' cannot be " + value);
  }

  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, 0, 0, 0, 0, List.of());

  /** A position in the data, without the figures that only the first replica keeps. */
  static Progress at(long step, int epoch, int batch) {
    return new Progress(step, epoch, batch, 0, 0, 0, List.of());
  }

  /**
   * The result of a validation.
   *
   * @param step steps taken before
   * @param seconds seconds of training before
   * @param loss the negative log-likelihood per token or label predicted
   * @param scores by name, the one that is compared first: BLEU (with the tokenizer of the target
   *     language) and chrF2 of greedy translations, F1 or accuracy of labels; empty if the loss is
   *     compared
   */
  public record Validation(long step, double seconds, double loss, Map<String, Double> scores) {
    /** Reads a validation, also of version 0.1, which wrote {@code bleu} and {@code chrf}. */
    @JsonCreator
    static Validation read(
        @JsonProperty(value = "step", required = true) long step,
        @JsonProperty(value = "seconds", required = true) double seconds,
        @JsonProperty(value = "loss", required = true) double loss,
        @JsonProperty("scores") Map<String, Double> scores,
        @JsonProperty("bleu") Double bleu,
        @JsonProperty("chrf") Double chrf) {
      Map<String, Double> all = new LinkedHashMap<>(scores == null ? Map.of() : scores);
      Optional.ofNullable(bleu).ifPresent(score -> all.put("bleu", score));
      Optional.ofNullable(chrf).ifPresent(score -> all.put("chrf", score));
      return new Validation(step, seconds, loss, all);
    }

    /** The first score, or the negative loss: higher is better. */
    double quality() {
      return scores.values().stream().findFirst().orElse(-loss);
    }

    /** e to the loss. */
    public double perplexity() {
      return Math.exp(loss);
    }
  }

  Progress afterStep(int batches, TrainingStep.Result result, double secondsNow) {
    return new Progress(
        step + 1,
        epoch,
        batch + batches,
        secondsNow,
        sourceTokens + result.sourceTokens(),
        targetTokens + result.targetTokens(),
        validations);
  }

  Progress afterEpoch() {
    return new Progress(step, epoch + 1, 0, seconds, sourceTokens, targetTokens, validations);
  }

  Progress withValidations(List<Validation> all) {
    return new Progress(step, epoch, batch, seconds, sourceTokens, targetTokens, List.copyOf(all));
  }

  /** Validations since the best one; 0 when the last is the best. */
  public int validationsSinceBest() {
    int best = 0;
    for (int i = 1; i < validations.size(); i++) {
      if (validations.get(i).quality() > validations.get(best).quality()) {
        best = i;
      }
    }
    return validations.isEmpty() ? 0 : validations.size() - 1 - best;
  }
}
