package org.yuqiao.experiment.task;

import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingStep;

/** Tells the user how an experiment goes on. */
public interface ProgressListener {
  /** A sentence. */
  void say(String sentence);

  /** A training step was taken. */
  void step(Progress progress, TrainingStep.Result result);
}
