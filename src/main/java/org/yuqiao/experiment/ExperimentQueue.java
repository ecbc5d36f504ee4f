package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunIdentity;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.RunState;

/**
 * Trains the runs of experiments, several in parallel, each in its own folder.
 *
 * <p>A complete run with the same settings and data is skipped, a stopped one is resumed. Any other
 * folder is refused before the first run starts, so nothing is overwritten.
 */
public final class ExperimentQueue {
  private final Path out;
  private final int jobs;
  private final Trainer trainer;
  private final Consumer<String> say;
  private final AtomicBoolean stopRequested;

  /** Trains a run until it ends or is stopped. */
  @FunctionalInterface
  public interface Trainer {
    /**
     * Trains.
     *
     * @param resume whether to resume the run in the folder, with its own settings
     * @return the error message of a failed run, for runs without {@code failure.txt}
     */
    String train(ExperimentSettings settings, Path folder, boolean resume);
  }

  /** The outcome of a run. */
  public enum Outcome {
    /** Complete before. */
    SKIPPED,
    /** Trained and complete. */
    COMPLETE,
    /** Stopped, or not started after a stop. */
    STOPPED,
    /** Ended by an error. */
    FAILED
  }

  /** A run and its folder. */
  private record Job(String name, ExperimentSettings settings, Path folder) {
    RunFolder run() {
      return new RunFolder(folder);
    }
  }

  /**
   * Creates a queue.
   *
   * @param out the parent folder; the runs of an experiment share a folder with its name
   * @param jobs number of parallel runs
   * @param say prints a message
   * @param stopRequested when true, no further run starts
   */
  public ExperimentQueue(
      Path out, int jobs, Trainer trainer, Consumer<String> say, AtomicBoolean stopRequested) {
    if (jobs < 1) {
      throw new InvalidInputException("--jobs must be at least 1, not " + jobs);
    }
    this.out = out;
    this.jobs = jobs;
    this.trainer = trainer;
    this.say = say;
    this.stopRequested = stopRequested;
  }

  /**
   * Trains all runs.
   *
   * @return the number of runs by outcome
   * @throws InvalidInputException before the first run, if a folder holds anything else
   */
  public Map<Outcome, Integer> run(List<ExperimentPlan> plans) {
    List<Job> all = new ArrayList<>();
    for (ExperimentPlan plan : plans) {
      for (ExperimentPlan.Run run : plan.runs()) {
        Path folder = out.resolve(plan.name());
        String name = run.name().isEmpty() ? plan.name() : plan.name() + "/" + run.name();
        all.add(
            new Job(
                name, run.settings(), run.name().isEmpty() ? folder : folder.resolve(run.name())));
      }
    }
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    List<Job> todo = new ArrayList<>();
    for (Job job : all) {
      if (isComplete(job)) {
        say.accept(job.name() + ": skipped, complete with the same settings and data");
        outcomes.merge(Outcome.SKIPPED, 1, Integer::sum);
      } else {
        todo.add(job);
      }
    }
    work(todo).forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
    return outcomes;
  }

  /** Whether the run is complete; refuses a folder that holds anything else. */
  private static boolean isComplete(Job job) {
    RunIdentity wanted = RunIdentity.of(job.settings());
    if (!job.run().exists()) {
      Experiment.refuseUnlessFree(job.folder());
      return false;
    }
    Provenance provenance =
        Provenance.read(job.run())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        job.folder()
                            + " holds a run of an older Yuqiao that did not keep its data's hashes;"
                            + " choose another folder with --out"));
    List<String> differences =
        RunIdentity.of(job.run().loadSettings(), provenance.corpora()).differences(wanted);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          job.folder()
              + " holds a run with other settings or data ("
              + String.join("; ", differences)
              + "); choose another folder with --out, or delete it");
    }
    RunState state = RunState.of(job.run());
    if (state == RunState.RUNNING) {
      throw new InvalidInputException(job.folder() + " is being trained by another process");
    }
    return state == RunState.COMPLETE;
  }

  private List<Outcome> work(List<Job> jobsToDo) {
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Outcome>> futures = new ArrayList<>();
      for (int i = 0; i < jobsToDo.size(); i++) {
        Job job = jobsToDo.get(i);
        String place = "run " + (i + 1) + " of " + jobsToDo.size() + ", " + job.name();
        futures.add(workers.submit(() -> work(job, place)));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof InvalidInputException refusal
          ? refusal
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      workers.shutdown();
    }
  }

  private Outcome work(Job job, String place) {
    if (stopRequested.get()) {
      return Outcome.STOPPED;
    }
    boolean resume = job.run().exists();
    say.accept(place + (resume ? ": resumed" : ": started"));
    deleteFailure(job.run());
    String message = trainer.train(job.settings(), job.folder(), resume);
    RunState state = RunState.of(job.run());
    if (state == RunState.COMPLETE) {
      say.accept(place + ": complete, " + scores(job.run()));
      return Outcome.COMPLETE;
    }
    if (stopRequested.get()) {
      return Outcome.STOPPED;
    }
    say.accept(place + ": failed: " + reason(job.run(), message));
    return Outcome.FAILED;
  }

  private static void deleteFailure(RunFolder run) {
    try {
      Files.deleteIfExists(run.failure());
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot delete " + run.failure() + ": " + IoError.message(e), e);
    }
  }

  private static String scores(RunFolder run) {
    return RunResult.read(run)
        .map(
            result ->
                String.join(
                    ", ",
                    result.scores().entrySet().stream()
                        .map(s -> String.format(Locale.ROOT, "%s %.2f", s.getKey(), s.getValue()))
                        .toList()))
        .orElse("");
  }

  /** What {@code failure.txt} says, which is written where the run could not write it. */
  private static String reason(RunFolder run, String message) {
    if (!Files.exists(run.failure())) {
      try {
        AtomicFile.write(run.failure(), message + "\n");
      } catch (InvalidInputException e) {
        return message; // a full disk, a folder that is read-only
      }
    }
    try (Stream<String> lines = Files.lines(run.failure())) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      return "see " + run.failure();
    }
  }
}
