package org.yuqiao.experiment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TestTranslation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.MetricsLog;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Replica;

/** The end of a run: scores the trained model and writes the files that comparisons read. */
final class RunCompletion {
  private final RunFolder run;
  private final ExperimentSettings settings;
  private final Task task;
  private final Replica replica;
  private final ProgressListener listener;

  RunCompletion(
      RunFolder run,
      ExperimentSettings settings,
      Task task,
      Replica replica,
      ProgressListener listener) {
    this.run = run;
    this.settings = settings;
    this.task = task;
    this.replica = replica;
    this.listener = listener;
  }

  /** Scores the model. {@code result.json} is written last, since it marks the run as complete. */
  Evaluation.Result complete(Progress progress, long parameters) {
    listener.say("testing on the test split");
    Evaluation.Result test = task.test(replica.backend(), settings.data().tested(), done -> {});
    TestTranslation.write(run, test);
    try (MetricsLog log = new MetricsLog(run)) {
      log.add("test", progress.step(), test.scores());
    }
    Report.write(run, settings, task.wording(), progress, test);
    result(progress, parameters, test).write(run);
    return test;
  }

  private RunResult result(Progress progress, long parameters, Evaluation.Result test) {
    double before = MetricsFile.read(run).max("validation", TrainingLog.PEAK_MEMORY).orElse(0);
    return new RunResult(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        parameters,
        progress.step(),
        progress.epoch(),
        progress.seconds(),
        progress.targetTokens(),
        Math.max(PeakMemory.bytes(), (long) before),
        test.sources().size(),
        test.seconds(),
        test.scores(),
        test.signatures());
  }
}
