package org.yuqiao.train;

import java.util.Optional;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.Prefetch;

/**
 * The training loop of a replica other than the first: the same steps without validations and
 * checkpoints, until the first ends.
 */
public final class Follower {
  private final TrainingSettings settings;
  private final BatchSource source;
  private final TrainingStep trainingStep;

  /** A loop over the batches of {@code source}, the same as in the first replica. */
  public Follower(TrainingSettings settings, BatchSource source, TrainingStep trainingStep) {
    this.settings = settings;
    this.source = source;
    this.trainingStep = trainingStep;
  }

  /**
   * Begins with the state of the first replica and returns when that ends.
   *
   * @throws DivergedException when training diverges, as it does in the first replica
   */
  public void run() {
    Progress progress = trainingStep.synchronize(Progress.START);
    while (true) {
      try (Prefetch<ScheduledStep> steps =
          ScheduledStep.from(progress, source, settings.gradientAccumulation())) {
        while (steps.hasNext()) {
          StepBatches batches = steps.next().batches();
          Optional<TrainingStep.Result> result = trainingStep.follow(batches, progress.step() + 1);
          if (result.isEmpty()) {
            return;
          }
          progress = progress.afterStep(batches.size(), result.get(), 0);
        }
      }
      progress = progress.afterEpoch();
    }
  }
}
