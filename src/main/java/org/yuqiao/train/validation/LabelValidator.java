package org.yuqiao.train.validation;

import java.util.Map;
import java.util.function.Supplier;
import org.yuqiao.decode.batch.SequenceLabeler;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Validator;

/** Measures the loss of a labeling model and the scores of its labels. */
public final class LabelValidator implements Validator {
  private final ValidationLoss loss;
  private final SequenceLabeler labeler;
  private final Supplier<Map<String, Double>> scores;

  /**
   * A validator that closes {@code loss} and {@code labeler} when it is closed.
   *
   * @param scores of the labels that {@code labeler} predicts, the one that is compared first
   */
  public LabelValidator(
      ValidationLoss loss, SequenceLabeler labeler, Supplier<Map<String, Double>> scores) {
    this.loss = loss;
    this.labeler = labeler;
    this.scores = scores;
  }

  @Override
  public Progress.Validation validate(long step, double seconds) {
    return new Progress.Validation(step, seconds, loss.sum().mean(), scores.get());
  }

  @Override
  public void close() {
    loss.close();
    labeler.close();
  }
}
