package org.yuqiao.train;

import org.yuqiao.backend.Backend;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.LossSettings;

/**
 * The settings of the training loop. Training ends at the first limit reached of minutes, epochs
 * and steps; 0 is no limit.
 *
 * @param minutes the maximum minutes of training, validation included
 * @param epochs the maximum number of epochs
 * @param steps the maximum number of steps
 * @param batchTokens the maximum number of tokens per batch and side, padding included
 * @param gradientAccumulation batches per step
 * @param labelSmoothing probability spread over the vocabulary in the loss
 * @param rDrop weight of the divergence of two passes with different dropout (R-Drop); 0: none
 * @param wordDropout the probability that a token read in translation becomes {@code <unk>}
 * @param emaDecay decay of the moving average of the weights that becomes the model; 0: none
 * @param maxLength the maximum number of tokens of a side of a training pair
 * @param shuffleBuffer pairs that are shuffled together when the corpus is streamed; 0: all pairs
 *     of a corpus that fits into memory
 * @param seed of initialization, data order and dropout
 * @param threads threads that share each batch; 0: one per processor
 * @param matmulPrecision of the inputs of large matmuls in a step; sums, weights and optimizer are
 *     float32
 * @param validateMinutes minutes between validations; 0: none by time
 * @param validateSteps steps between validations; 0: none by steps
 * @param validationSentences the maximum number of sentences translated at a validation
 * @param patience validations without improvement until early stopping; 0: never
 * @param keepBest best checkpoints kept, besides the last ones
 * @param averageCheckpoints the model is the average of this many last checkpoints; 1: the best
 *     checkpoint
 * @param exchangePrecision of the gradients that the replicas of a cluster exchange
 */
public record TrainingSettings(
    double minutes,
    int epochs,
    long steps,
    int batchTokens,
    int gradientAccumulation,
    double labelSmoothing,
    double rDrop,
    double wordDropout,
    double emaDecay,
    int maxLength,
    int shuffleBuffer,
    long seed,
    int threads,
    MatmulPrecision matmulPrecision,
    double validateMinutes,
    long validateSteps,
    int validationSentences,
    int patience,
    int keepBest,
    int averageCheckpoints,
    ExchangePrecision exchangePrecision) {
  private static final int MAX_ACCUMULATION = 1_000_000;

  /** Checks the ranges, and that there is a limit. */
  public TrainingSettings {
    notBelowZero("minutes", minutes);
    notBelowZero("epochs", epochs);
    notBelowZero("steps", (double) steps);
    require(
        threads >= 0 && threads <= Backend.MAX_THREADS,
        "train.threads must be from 0 to " + Backend.MAX_THREADS + ", not " + threads);
    notBelowZero("validateMinutes", validateMinutes);
    notBelowZero("validateSteps", (double) validateSteps);
    notBelowZero("patience", patience);
    notBelowZero("shuffleBuffer", shuffleBuffer);
    require(
        minutes > 0 || epochs > 0 || steps > 0,
        "one of train.minutes, train.epochs and train.steps must be above 0");
    require(batchTokens > 0, "train.batchTokens must be above 0, not " + batchTokens);
    require(
        gradientAccumulation > 0 && gradientAccumulation <= MAX_ACCUMULATION,
        "train.gradientAccumulation must be from 1 to "
            + MAX_ACCUMULATION
            + ", not "
            + gradientAccumulation);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "train.labelSmoothing must be from 0 to below 1, not " + labelSmoothing);
    notBelowZero("rDrop", rDrop);
    require(
        wordDropout >= 0 && wordDropout < 1,
        "train.wordDropout must be from 0 to below 1, not " + wordDropout);
    require(
        emaDecay >= 0 && emaDecay < 1, "train.emaDecay must be from 0 to below 1, not " + emaDecay);
    require(maxLength > 0, "train.maxLength must be above 0, not " + maxLength);
    require(
        validationSentences > 0,
        "train.validationSentences must be above 0, not " + validationSentences);
    require(keepBest > 0, "train.keepBest must be above 0, not " + keepBest);
    require(
        averageCheckpoints > 0,
        "train.averageCheckpoints must be above 0, not " + averageCheckpoints);
  }

  /**
   * The share of the training budget spent: of minutes, steps and epochs the one nearest its limit.
   *
   * @param epochDone the share of the present epoch, from 0 to 1
   * @return from 0 to 1
   */
  double spent(Progress progress, double epochDone) {
    double spent = 0;
    if (minutes > 0) {
      spent = Math.max(spent, progress.seconds() / (60 * minutes));
    }
    if (steps > 0) {
      spent = Math.max(spent, (double) progress.step() / steps);
    }
    if (epochs > 0) {
      spent = Math.max(spent, (progress.epoch() + epochDone) / epochs);
    }
    return Math.min(1, spent);
  }

  /** What is added to the cross-entropy. */
  public LossSettings loss() {
    return new LossSettings(labelSmoothing, rDrop);
  }

  /** A builder with the values of {@code defaults.yaml}. */
  public static TrainingSettingsBuilder builder() {
    return new TrainingSettingsBuilder();
  }

  /** A builder with these settings. */
  public TrainingSettingsBuilder toBuilder() {
    return new TrainingSettingsBuilder(this);
  }

  private static void notBelowZero(String key, double value) {
    require(value >= 0, "train." + key + " must not be below 0, but is " + value);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new InvalidInputException(sentence);
    }
  }
}
