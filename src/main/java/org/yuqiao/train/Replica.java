package org.yuqiao.train;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;

/**
 * One replica of a data-parallel training. All replicas hold the whole model, compute their shares
 * of each batch and apply the same update.
 *
 * @param backend computes the shares of this replica, one per thread
 * @param exchange sums over all replicas
 * @param precision of the gradients that are exchanged
 */
public record Replica(Backend backend, GradientExchange exchange, ExchangePrecision precision) {
  /** A replica that exchanges float32. */
  public Replica(Backend backend, GradientExchange exchange) {
    this(backend, exchange, ExchangePrecision.FLOAT32);
  }

  /** A training of one process. */
  public static Replica alone(Backend backend) {
    return new Replica(backend, GradientExchange.ALONE);
  }

  /** This replica with the precisions of a training: of large matmuls and of the exchange. */
  public Replica withPrecisionsOf(TrainingSettings settings) {
    return new Replica(
        backend.withMatmulPrecision(settings.matmulPrecision()),
        exchange,
        settings.exchangePrecision());
  }

  /** Whether there is no other replica. */
  public boolean isAlone() {
    return exchange.worldSize() == 1;
  }

  /** Whether this replica validates, writes files and decides when training ends. */
  public boolean leads() {
    return exchange.rank() == 0;
  }

  /** The backend, and the number of replicas if there are several. */
  public String description() {
    return backend.description()
        + (isAlone() ? "" : ", in each of " + exchange.worldSize() + " replicas");
  }

  /** The number of shares of a batch: the threads of all replicas. */
  int shares() {
    return exchange.worldSize() * backend.threads();
  }

  /** The number of the share that thread {@code thread} of this replica computes. */
  int share(int thread) {
    return exchange.rank() * backend.threads() + thread;
  }

  /** Blocks until all replicas have come here. */
  public void await() {
    if (!isAlone()) {
      exchange.sum(Nd4j.zeros(1), new double[1]);
    }
  }

  /**
   * Gives every replica the parameters, moments and progress of the first one, which need not be
   * shared otherwise. Followers know nothing of validations and seconds.
   *
   * @throws InvalidInputException when the numbers of threads differ
   */
  Progress synchronize(ModelState state, Progress progress) {
    if (isAlone()) {
      return progress;
    }
    double[] sums = new double[4];
    if (leads()) {
      sums = new double[] {0, progress.step(), progress.epoch(), progress.batch()};
    }
    sums[0] = backend.threads();
    exchange.sum(Nd4j.zeros(1), sums);
    InvalidInputException.require(
        sums[0] == shares(),
        "replicas must have the same number of threads, but one of them has "
            + backend.threads()
            + " of "
            + (long) sums[0]);
    state.buffers().forEach(buffer -> broadcast(buffer.flat()));
    return leads() ? progress : Progress.at((long) sums[1], (int) sums[2], (int) sums[3]);
  }

  private void broadcast(INDArray values) {
    if (!leads()) {
      // x + -0 is x for every x, also for -0.
      values.assign(-0f);
    }
    exchange.sum(values, new double[0]);
  }
}
