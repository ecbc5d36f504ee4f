package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.experiment.task.SubLayerStart;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.model.Model;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.MetricsLog;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunLock;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.ModelState;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Replica;
import org.yuqiao.train.Trainer;
import org.yuqiao.train.TrainingStep;
import org.yuqiao.train.Validator;

/** A run of {@code yuqiao train}, from corpora to a scored model. */
public final class Experiment {
  /** Files written before the settings, which make a folder a run. */
  private static final Pattern PREPARED =
      Pattern.compile(
          "run\\.lock|failure\\.txt|(tokenizer\\...|labels|provenance)\\.json(\\.tmp)?|.*\\.tmp");

  private final ExperimentSettings settings;
  private final RunFolder run;
  private final RunLock lock;
  private final Replica replica;
  private final ProgressListener listener;
  private final AtomicBoolean stopRequested;
  private final Task task;

  private Experiment(
      RunStart start,
      RunLock lock,
      Replica replica,
      ProgressListener listener,
      AtomicBoolean stopRequested) {
    this.settings = start.settings();
    this.run = new RunFolder(start.folder());
    this.lock = lock;
    this.replica = replica;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.task = Task.of(settings, run, start.tokenizers());
  }

  /**
   * Begins a run in a new folder: learns the vocabularies.
   *
   * @throws InvalidInputException when the folder holds something already, or a corpus cannot be
   *     used
   */
  public static Experiment begin(
      ExperimentSettings settings,
      Path folder,
      Backend backend,
      ProgressListener listener,
      AtomicBoolean stopRequested) {
    return begin(
        new RunStart(settings, folder, Map.of()), Replica.alone(backend), listener, stopRequested);
  }

  /** Begins a run in the first of several replicas; the others {@link RunReplica#follow} it. */
  public static Experiment begin(
      RunStart start, Replica replica, ProgressListener listener, AtomicBoolean stopRequested) {
    ExperimentSettings settings = start.settings();
    Path folder = start.folder();
    if (settings.data().train().isEmpty() || settings.data().valid().isEmpty()) {
      throw new InvalidInputException("data.train and data.valid must each name a corpus");
    }
    replica.backend().require(settings.train().matmulPrecision());
    RunFolder run = new RunFolder(folder);
    refuseUnlessFree(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make the folder " + folder + ": " + IoError.message(e), e);
    }
    RunLock lock = RunLock.take(run);
    try {
      Experiment experiment = new Experiment(start, lock, replica, listener, stopRequested);
      experiment.prepare();
      return experiment;
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Refuses a folder that holds more than files left by a killed preparation.
   *
   * @throws InvalidInputException when the folder is not free
   */
  public static void refuseUnlessFree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.anyMatch(entry -> !PREPARED.matcher(entry.getFileName().toString()).matches())) {
        throw new InvalidInputException(
            folder
                + " is not empty; choose another folder with --out, or resume it with: ./yuqiao train --resume "
                + folder);
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + folder + ": " + IoError.message(e), e);
    }
  }

  /**
   * Resumes a run.
   *
   * @throws InvalidInputException when the folder is not a run, its corpora have changed, or
   *     another process trains it
   */
  public static Experiment resume(
      Path folder, Backend backend, ProgressListener listener, AtomicBoolean stopRequested) {
    return resume(folder, Replica.alone(backend), listener, stopRequested);
  }

  /** Resumes a run in the first of several replicas, whose number may be another than before. */
  public static Experiment resume(
      Path folder, Replica replica, ProgressListener listener, AtomicBoolean stopRequested) {
    RunFolder run = new RunFolder(folder);
    ExperimentSettings settings = run.loadSettings();
    RunLock lock = RunLock.take(run);
    try {
      Provenance.resume(run, settings, replica);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    RunStart start = new RunStart(settings, folder, Map.of());
    return new Experiment(start, lock, replica, listener, stopRequested);
  }

  /** Makes the vocabularies; the settings are written last, since they make the folder a run. */
  private void prepare() {
    long begun = System.nanoTime();
    try {
      task.prepare();
      Provenance.begin(run, settings, replica);
      SettingsFile.write(settings, run.settings());
    } catch (RuntimeException | Error e) {
      task.releaseTrainingText();
      recordFailure(e);
      throw e;
    }
    listener.say(
        String.format(
            Locale.ROOT, "tokenizers learned in %.1f seconds", (System.nanoTime() - begun) / 1e9));
  }

  /**
   * Trains to the end, then selects the model, scores it and writes the report.
   *
   * @return the scores on the test split; empty when training was stopped by the user
   */
  public Optional<Evaluation.Result> run() {
    try (lock) {
      return trainOrRecordFailure();
    }
  }

  private Optional<Evaluation.Result> trainOrRecordFailure() {
    try {
      Files.deleteIfExists(run.failure());
      return trainAndScore();
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot delete " + run.failure() + ": " + IoError.message(e), e);
    } catch (RuntimeException | Error e) {
      recordFailure(e);
      throw e;
    }
  }

  /** Writes why the run failed, unless the folder can't be written: the first failure counts. */
  private void recordFailure(Throwable failure) {
    try {
      AtomicFile.write(
          run.failure(),
          (failure instanceof InvalidInputException ? failure.getMessage() : failure.toString())
              + "\n");
    } catch (InvalidInputException e) {
      failure.addSuppressed(e);
    }
  }

  private Optional<Evaluation.Result> trainAndScore() {
    Model model = task.model();
    ModelState state = computation().freshState(model);
    Checkpoints checkpoints = run.checkpoints();
    Optional<Progress> last = checkpoints.loadLast(state);
    EncodedCorpus corpus = encode(state, last.isEmpty());
    listener.say(
        String.format(
            Locale.ROOT,
            "%,d training examples, %,d parameters, %s",
            corpus.size(),
            state.parameters().size(),
            replica.withPrecisionsOf(settings.train()).description()));
    Trainer.Outcome outcome = train(model, state, last.orElse(Progress.START), corpus);
    if (outcome.end() == Trainer.End.REQUEST) {
      return Optional.empty();
    }
    chooseModel(checkpoints, outcome.progress(), state);
    return Optional.of(
        new RunCompletion(run, settings, task, replica, listener)
            .complete(outcome.progress(), state.parameters().size()));
  }

  private RunReplica computation() {
    return new RunReplica(settings, task, replica);
  }

  /** Encodes the training split and, in a new run, gives the model its initial values. */
  private EncodedCorpus encode(ModelState state, boolean begins) {
    try {
      EncodedCorpus corpus =
          !begins && EncodedCorpus.isIn(run.encoded())
              ? EncodedCorpus.open(run.encoded())
              : EncodedCorpus.write(
                  run.encoded(), task.examples(), task.corpusSizes(), settings.train().maxLength());
      if (begins) {
        new SubLayerStart(settings.start().residualScale()).fill(state.parameters());
        task.start(state.parameters(), corpus, listener);
        state.beginAverage();
      }
      return corpus;
    } finally {
      task.releaseTrainingText();
    }
  }

  private Trainer.Outcome train(
      Model model, ModelState state, Progress start, EncodedCorpus corpus) {
    BatchSource batches = computation().batches(corpus);
    try (TrainingStep step = computation().step(model, state);
        Validator validator = task.validator(state.weights(), replica.backend());
        MetricsLog log = new MetricsLog(run)) {
      // Others read the run's files only now, when nothing else can go wrong here.
      replica.await();
      return new Trainer(settings.train(), batches, step, validator, run.checkpoints())
          .run(start, new TrainingLog(log, listener), stopRequested);
    }
  }

  /** The mean of the last checkpoints, or the best one by validation. */
  private void chooseModel(Checkpoints checkpoints, Progress progress, ModelState state) {
    List<Path> all = checkpoints.all();
    int average = settings.train().averageCheckpoints();
    List<Path> chosen = all.subList(Math.max(0, all.size() - average), all.size());
    if (average == 1) {
      int best = progress.validations().size() - 1 - progress.validationsSinceBest();
      chosen =
          checkpoints.ofStep(progress.validations().get(best).step()).map(List::of).orElse(chosen);
    }
    checkpoints.average(chosen, state.parameters());
    Checkpoints.saveWeights(state.parameters(), run.model());
  }
}
