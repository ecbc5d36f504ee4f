package org.yuqiao.train;

import org.yuqiao.files.InvalidInputException;

/**
 * How long and in what portions a model is trained. Of the three limits the one reached first ends
 * the training; 0 means no such limit.
 *
 * @param minutes the most minutes of training, validation included
 * @param epochs the most passes over the data
 * @param steps the most steps
 * @param batchTokens the most tokens a side of a batch has, padding included
 * @param accumulate batches whose gradients are added up for one step
 * @param labelSmoothing the share of probability spread over the vocabulary in the loss
 * @param maximumTokens the most tokens a side of a training pair may have
 * @param seed of the first parameters, the order of the data, and dropout
 * @param threads shares a batch is dealt out to; 0 for one a processor
 * @param validateMinutes minutes between validations; 0 for none by time
 * @param validateSteps steps between validations; 0 for none by steps
 * @param validationSentences the most sentences translated at a validation
 * @param patience validations without improvement after which training ends; 0 for never
 * @param keep the best checkpoints kept, besides the last ones
 * @param average the last checkpoints whose mean becomes the model; 1 takes the best one
 */
public record TrainingSettings(
    double minutes,
    int epochs,
    long steps,
    int batchTokens,
    int accumulate,
    double labelSmoothing,
    int maximumTokens,
    long seed,
    int threads,
    double validateMinutes,
    long validateSteps,
    int validationSentences,
    int patience,
    int keep,
    int average) {
  /** Checks that training ends and that the portions make sense. */
  public TrainingSettings {
    notBelowZero("minutes", minutes);
    notBelowZero("epochs", epochs);
    notBelowZero("steps", (double) steps);
    notBelowZero("threads", threads);
    notBelowZero("validateMinutes", validateMinutes);
    notBelowZero("validateSteps", (double) validateSteps);
    notBelowZero("patience", patience);
    require(
        minutes > 0 || epochs > 0 || steps > 0,
        "one of train.minutes, train.epochs and train.steps must be above 0");
    require(batchTokens > 0, "train.batchTokens must be above 0, not " + batchTokens);
    require(accumulate > 0, "train.accumulate must be above 0, not " + accumulate);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "train.labelSmoothing must be from 0 to below 1, not " + labelSmoothing);
    require(maximumTokens > 0, "train.maximumTokens must be above 0, not " + maximumTokens);
    require(
        validationSentences > 0,
        "train.validationSentences must be above 0, not " + validationSentences);
    require(keep > 0, "train.keep must be above 0, not " + keep);
    require(average > 0, "train.average must be above 0, not " + average);
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
