package org.yuqiao.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.yuqiao.experiment.ExperimentPlan;
import org.yuqiao.experiment.ExperimentQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao experiment run}: trains all runs of an experiment file. */
@Command(
    name = "run",
    description = {
      "Trains all runs of an experiment, one process each. Besides settings, the file may contain"
          + " base (settings or a settings file), variations (a list of named settings), grid (keys"
          + " with lists of values) and seeds.",
      "After a stop, the same command continues: complete runs are skipped."
    },
    mixinStandardHelpOptions = true)
final class ExperimentRunCommand implements Callable<Integer> {
  private static final int STOP_SECONDS = 70;

  @Parameters(
      index = "0",
      paramLabel = "FILE|FOLDER",
      description = "An experiment (YAML), or a folder of experiments.")
  private Path experiments;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Concurrent runs, which share processors and memory (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "Training time of each run in minutes; replaces its limits of minutes, epochs and steps.")
  private Optional<Double> minutes = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "The runs go to FOLDER/NAME of the experiment (default: ${DEFAULT-VALUE}).")
  private Path out;

  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() {
    List<ExperimentPlan> plans = new ArrayList<>();
    for (ExperimentPlan plan : ExperimentPlan.read(experiments)) {
      plans.add(minutes.map(plan::withMinutes).orElse(plan));
    }
    ChildTraining children = new ChildTraining(jobs);
    ExperimentQueue queue =
        new ExperimentQueue(out, jobs, children, System.err::println, stopRequested);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(children), "yuqiao-stop"));
    try {
      Map<ExperimentQueue.Outcome, Integer> outcomes = queue.run(plans);
      outcomes.forEach(
          (outcome, count) ->
              System.err.println(
                  count
                      + (count == 1 ? " run " : " runs ")
                      + outcome.name().toLowerCase(Locale.ROOT)));
      if (outcomes.containsKey(ExperimentQueue.Outcome.STOPPED)) {
        System.err.println("the same command continues");
      }
      boolean failed = outcomes.containsKey(ExperimentQueue.Outcome.FAILED);
      plans.forEach(plan -> System.out.println(out.resolve(plan.name())));
      return failed ? 1 : 0;
    } finally {
      stopped.countDown();
    }
  }

  /** On Ctrl-C: starts no further run; running ones write a checkpoint. */
  private void stop(ChildTraining children) {
    stopRequested.set(true);
    children.stop();
    try {
      stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
