package org.yuqiao.experiment;

import java.nio.file.Path;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.model.Model;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Follower;
import org.yuqiao.train.ModelState;
import org.yuqiao.train.Replica;
import org.yuqiao.train.TrainingObjective;
import org.yuqiao.train.TrainingStep;

/** What every replica of a run computes: the same batches and steps. */
public final class RunReplica {
  private final ExperimentSettings settings;
  private final Task task;
  private final Replica replica;

  RunReplica(ExperimentSettings settings, Task task, Replica replica) {
    this.settings = settings;
    this.task = task;
    this.replica = replica;
  }

  /**
   * Computes shares of the batches of a run that another replica leads, until that ends. Reads the
   * settings, vocabularies and encoded corpus that the other has written to {@code folder}.
   *
   * @throws org.yuqiao.train.DivergedException when training diverges, in all replicas
   * @throws org.yuqiao.files.InvalidInputException when a file cannot be read
   */
  public static void follow(Path folder, Replica replica) {
    replica.await();
    RunFolder run = new RunFolder(folder);
    ExperimentSettings settings = run.loadSettings();
    Task task = Task.of(settings, run);
    Model model = task.model();
    RunReplica own = new RunReplica(settings, task, replica);
    ModelState state = own.freshState(model);
    try (TrainingStep step = own.step(model, state)) {
      BatchSource batches = own.batches(EncodedCorpus.open(run.encoded()));
      new Follower(settings.train(), batches, step).run();
    }
  }

  /** The state before the first step, with random parameters. */
  ModelState freshState(Model model) {
    return ModelState.fresh(model.initialize(settings.train().seed()))
        .freezing(task.frozen())
        .averaging(settings.train().emaDecay());
  }

  BatchSource batches(EncodedCorpus corpus) {
    return BatchSource.of(
        corpus,
        settings.data().weights(),
        settings.train().batchTokens(),
        settings.train().seed(),
        settings.train().shuffleBuffer());
  }

  TrainingStep step(Model model, ModelState state) {
    return new TrainingStep(
        new TrainingObjective(model, task.collator(), settings.train().loss()),
        settings.optimizer(),
        state,
        replica.withPrecisionsOf(settings.train()),
        settings.train().seed());
  }
}
