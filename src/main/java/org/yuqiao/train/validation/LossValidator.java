package org.yuqiao.train.validation;

import java.util.Map;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Validator;

/** Measures the loss only; lower is better. */
public final class LossValidator implements Validator {
  private final ValidationLoss loss;

  /** A validator that closes {@code loss} when it is closed. */
  public LossValidator(ValidationLoss loss) {
    this.loss = loss;
  }

  @Override
  public Progress.Validation validate(long step, double seconds) {
    return new Progress.Validation(step, seconds, loss.sum().mean(), Map.of());
  }

  @Override
  public void close() {
    loss.close();
  }
}
