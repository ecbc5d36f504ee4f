package org.yuqiao.experiment.task;

import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingStep;

/** Receives the progress of an experiment. */
public interface ProgressListener {
  /** A message for the user. */
  void say(String sentence);

  /** A training step has ended. */
  void step(Progress progress, TrainingStep.Result result);
}
