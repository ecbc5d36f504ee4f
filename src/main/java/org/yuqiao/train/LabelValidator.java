package org.yuqiao.train;

import java.util.Map;
import java.util.function.Supplier;
import org.yuqiao.decode.batch.SequenceLabeler;

/** Measures the loss of a model that labels, and scores of its labels. */
public final class LabelValidator implements Validator {
  private final ValidationLoss loss;
  private final SequenceLabeler labeler;
  private final Supplier<Map<String, Double>> scores;

  /**
   * A validator that closes {@code loss} and {@code labeler} with itself.
   *
   * @param scores of what {@code labeler} finds, the one that decides first
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
