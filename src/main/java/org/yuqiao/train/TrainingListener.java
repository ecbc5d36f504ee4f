package org.yuqiao.train;

/** Is told what happens in training. */
public interface TrainingListener {
  /** A step was taken. */
  void onStep(Progress progress, TrainingStep.Result result);

  /** A validation was done; it is the last of {@code progress}'s. */
  void onValidation(Progress progress);
}
