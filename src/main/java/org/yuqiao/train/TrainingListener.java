package org.yuqiao.train;

/** Receives the events of a training. */
public interface TrainingListener {
  /** A step was taken. */
  void onStep(Progress progress, TrainingStep.Result result);

  /** A validation was done; it is the last of {@code progress}'s. */
  void onValidation(Progress progress);
}
