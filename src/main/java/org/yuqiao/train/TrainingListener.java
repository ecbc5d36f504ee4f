package org.yuqiao.train;

/** Receives the events of the training loop. */
public interface TrainingListener {
  /** A step was taken. */
  void onStep(Progress progress, TrainingStep.Result result);

  /** A validation was made, the last of {@code progress}. */
  void onValidation(Progress progress);
}
