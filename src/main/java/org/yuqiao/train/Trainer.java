package org.yuqiao.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.Prefetch;
import org.yuqiao.files.InvalidInputException;

/**
 * The training loop: batches, steps, validations, checkpoints, until a limit is reached, early
 * stopping, or a requested stop. A resumed training is identical, bit for bit, to one that was not
 * interrupted. Of several replicas the first decides, validates and writes.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final BatchSource source;
  private final TrainingStep trainingStep;
  private final Validator validator;
  private final Checkpoints checkpoints;

  /** Why training ended. */
  public enum End {
    /** A limit of the settings was reached. */
    LIMIT,
    /** No improvement for as many validations as the patience allows. */
    PATIENCE,
    /** A stop was requested. */
    REQUEST
  }

  /** A loop over the batches of {@code source}. */
  public Trainer(
      TrainingSettings settings,
      BatchSource source,
      TrainingStep trainingStep,
      Validator validator,
      Checkpoints checkpoints) {
    this.settings = settings;
    this.source = source;
    this.trainingStep = trainingStep;
    this.validator = validator;
    this.checkpoints = checkpoints;
  }

  /** The progress at the end of training, and why it ended. */
  public record Outcome(Progress progress, End end) {}

  /**
   * Trains from {@code start}; a checkpoint of the end exists when it returns. Of several replicas
   * the first runs this, the others a {@link Follower}; its end ends them.
   *
   * @param stopRequested ends training before the next step when set
   */
  public Outcome run(Progress start, TrainingListener listener, AtomicBoolean stopRequested) {
    trainingStep.synchronize(start);
    try {
      Outcome outcome = lead(start, listener, stopRequested);
      trainingStep.end();
      return outcome;
    } catch (RuntimeException | Error e) {
      endAfter(e);
      throw e;
    }
  }

  private void endAfter(Throwable failure) {
    try {
      trainingStep.end();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Outcome lead(Progress start, TrainingListener listener, AtomicBoolean stopRequested) {
    Progress progress = start;
    long begun = System.nanoTime();
    double secondsBefore = start.seconds();
    while (true) {
      try (Prefetch<ScheduledStep> steps =
          ScheduledStep.from(progress, source, settings.gradientAccumulation())) {
        while (steps.hasNext()) {
          if (stopRequested.get() || limitReached(progress)) {
            return finish(progress, stopRequested.get() ? End.REQUEST : End.LIMIT, listener);
          }
          ScheduledStep next = steps.next();
          TrainingStep.Result result =
              trainingStep.run(
                  next.batches(), progress.step() + 1, settings.spent(progress, next.epochDone()));
          double seconds = secondsBefore + (System.nanoTime() - begun) / 1e9;
          progress = progress.afterStep(next.batches().size(), result, seconds);
          listener.onStep(progress, result);
          if (validationDue(progress)) {
            progress = validated(progress, listener);
            if (settings.patience() > 0 && progress.validationsSinceBest() >= settings.patience()) {
              return new Outcome(progress, End.PATIENCE);
            }
          }
        }
      }
      progress = progress.afterEpoch();
    }
  }

  private boolean limitReached(Progress progress) {
    return (settings.minutes() > 0 && progress.seconds() >= 60 * settings.minutes())
        || (settings.steps() > 0 && progress.step() >= settings.steps())
        || (settings.epochs() > 0 && progress.epoch() >= settings.epochs());
  }

  private boolean validationDue(Progress progress) {
    List<Progress.Validation> done = progress.validations();
    double since = done.isEmpty() ? 0 : done.get(done.size() - 1).seconds();
    return (settings.validateSteps() > 0 && progress.step() % settings.validateSteps() == 0)
        || (settings.validateMinutes() > 0
            && progress.seconds() - since >= 60 * settings.validateMinutes());
  }

  private Progress validated(Progress progress, TrainingListener listener) {
    List<Progress.Validation> validations = new ArrayList<>(progress.validations());
    Progress.Validation validation = validator.validate(progress.step(), progress.seconds());
    InvalidInputException.require(
        Double.isFinite(validation.loss()),
        "training diverged: the validation loss at step "
            + progress.step()
            + " is "
            + validation.loss()
            + "; lower optimizer.learningRate or raise optimizer.warmupSteps");
    validations.add(validation);
    Progress result = progress.withValidations(validations);
    checkpoints.save(trainingStep.state(), result);
    checkpoints.prune(settings.averageCheckpoints(), best(validations));
    listener.onValidation(result);
    return result;
  }

  private Set<Long> best(List<Progress.Validation> validations) {
    return validations.stream()
        .sorted(Comparator.comparingDouble((Progress.Validation v) -> -v.quality()))
        .limit(settings.keepBest())
        .map(Progress.Validation::step)
        .collect(Collectors.toSet());
  }

  /** Saves a checkpoint, after a last validation unless the user requested the stop. */
  private Outcome finish(Progress progress, End end, TrainingListener listener) {
    List<Progress.Validation> done = progress.validations();
    boolean upToDate = !done.isEmpty() && done.get(done.size() - 1).step() == progress.step();
    if (end == End.REQUEST) {
      checkpoints.save(trainingStep.state(), progress);
      return new Outcome(progress, end);
    }
    return new Outcome(upToDate ? progress : validated(progress, listener), end);
  }
}
