package org.yuqiao.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.model.LossGraph;
import org.yuqiao.model.Model;
import org.yuqiao.train.ThreadShare.Sums;

/**
 * A training step: forward, backward, gradient clipping by the global norm, Adam. The sentences of
 * a batch are shared among the threads of all replicas; gradients are summed in a fixed order, so
 * that a step is deterministic. Two replicas of one thread that exchange float32 take the same
 * steps, bit for bit, as one of two.
 */
public final class TrainingStep implements AutoCloseable {
  private final OptimizerSettings settings;
  private final LearningRateSchedule schedule;
  private final ModelState state;
  private final Replica replica;
  private final Threads threads;
  private final List<ThreadShare> shares = new ArrayList<>();
  private final List<AdamStep> optimizers = new ArrayList<>();
  private final Optional<QuantizedSum> quantizedSum;
  private final long seed;
  private double secondsAdding;
  private double secondsExchanging;
  private double secondsUpdating;

  /** Whether other replicas still wait for this one. */
  private boolean shared;

  /**
   * The loss, gradient norm and token counts of a step.
   *
   * @param loss the label-smoothed loss per predicted token
   * @param negativeLogLikelihood the negative log-likelihood per predicted token
   * @param gradientNorm the global norm of the gradient, before clipping
   * @param rate the learning rate
   * @param sourceTokens source tokens, without padding
   * @param targetTokens predicted tokens, without padding
   */
  public record Result(
      double loss,
      double negativeLogLikelihood,
      double gradientNorm,
      double rate,
      long sourceTokens,
      long targetTokens) {}

  /** Prepares steps that change {@code state}. */
  public TrainingStep(
      TrainingObjective objective,
      OptimizerSettings settings,
      ModelState state,
      Backend backend,
      long seed) {
    this(objective, settings, state, Replica.alone(backend), seed);
  }

  /** Prepares the steps of one of several replicas. */
  public TrainingStep(
      TrainingObjective objective,
      OptimizerSettings settings,
      ModelState state,
      Replica replica,
      long seed) {
    Backend backend = replica.backend();
    Model model = objective.model();
    this.settings = settings;
    this.schedule = settings.schedule(model.settings().hiddenSize());
    this.state = state;
    this.replica = replica;
    this.shared = !replica.isAlone();
    this.threads = new Threads(backend.threads());
    this.quantizedSum =
        shared && replica.precision() == ExchangePrecision.INT16
            ? Optional.of(
                new QuantizedSum(
                    replica.exchange(), state.parameters().size(), threads, backend.threads()))
            : Optional.empty();
    this.seed = seed;
    DataType type = state.parameters().flat().dataType();
    LossGraph graph =
        model.trainingGraph(objective.loss(), state.parameters(), state.frozen().always());
    for (int thread = 0; thread < backend.threads(); thread++) {
      shares.add(new ThreadShare(graph, objective, state, replica, thread));
      optimizers.add(backend.adam(settings.adam(), type));
    }
  }

  /** The state that steps change. */
  ModelState state() {
    return state;
  }

  /** Gives all replicas the state of the first; returns where it is in the data. */
  Progress synchronize(Progress progress) {
    return replica.synchronize(state, progress);
  }

  /** The sums over all shares, and what the first replica has decided. */
  private record Gathered(Sums sums, double squares, double spent, boolean ended) {}

  /**
   * Takes step number {@code step} (the first is 1) on all {@code batches} together; in the first
   * replica, or the only one.
   *
   * @param spent the share of the training budget spent before this step, from 0 to 1
   * @throws DivergedException when the loss or the gradient is not finite; the parameters are then
   *     unchanged
   */
  public Result run(StepBatches batches, long step, double spent) {
    return apply(gather(batches, step, spent), batches, step);
  }

  /**
   * Takes a step in any replica but the first; empty when the first has ended training.
   *
   * @throws DivergedException as in the first replica, at the same step
   */
  Optional<Result> follow(StepBatches batches, long step) {
    Gathered gathered = gather(batches, step, 0);
    shared = !gathered.ended();
    return gathered.ended() ? Optional.empty() : Optional.of(apply(gathered, batches, step));
  }

  /** Ends training in the other replicas, which are computing a step that is discarded. */
  void end() {
    if (shared) {
      shared = false;
      INDArray discarded = state.parameters().zerosLike().flat();
      sumOverReplicas(discarded, new double[] {0, 0, 0, 0, 0, 1});
    }
  }

  /** Sums over all replicas; an int16 gradient only when the last of {@code sums} stays 0. */
  private void sumOverReplicas(INDArray gradient, double[] sums) {
    if (quantizedSum.isEmpty()) {
      replica.exchange().sum(gradient, sums);
      return;
    }
    replica.exchange().sum(Nd4j.zeros(1), sums);
    if (sums[sums.length - 1] == 0) {
      quantizedSum.get().of(gradient);
    }
  }

  private Gathered gather(StepBatches batches, long step, double spent) {
    List<Callable<Sums>> tasks = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      ThreadShare share = shares.get(i);
      AdamStep adder = optimizers.get(i);
      tasks.add(() -> share.compute(batches, step, seed, adder));
    }
    Sums sums = threads.all(tasks).stream().reduce(Sums.ZERO, Sums::plus);
    long begun = System.nanoTime();
    double squares = sumGradients(batches);
    secondsAdding += (System.nanoTime() - begun) / 1e9;
    Gathered own = new Gathered(sums, squares, spent, false);
    return replica.isAlone() ? own : exchanged(own, shares.get(0).gradient(batches));
  }

  private Gathered exchanged(Gathered own, INDArray gradient) {
    Sums sums = own.sums();
    double[] all = {sums.loss(), sums.likelihood(), sums.source(), sums.target(), own.spent(), 0};
    long begun = System.nanoTime();
    try {
      sumOverReplicas(gradient, all);
    } catch (RuntimeException e) {
      shared = false;
      throw e;
    }
    secondsExchanging += (System.nanoTime() - begun) / 1e9;
    return new Gathered(
        new Sums(all[0], all[1], (long) all[2], (long) all[3]),
        squares(gradient),
        all[4],
        all[5] > 0);
  }

  private Result apply(Gathered gathered, StepBatches batches, long step) {
    Sums sums = gathered.sums();
    double norm = Math.sqrt(gathered.squares()) / sums.target();
    double clip =
        settings.maxGradNorm() > 0 && norm > settings.maxGradNorm()
            ? settings.maxGradNorm() / norm
            : 1;
    double rate = schedule.rate(step, gathered.spent());
    requireFinite(sums.loss() / sums.target(), norm, step);
    long begun = System.nanoTime();
    update(batches, clip / sums.target(), rate, step);
    state.average().ifPresent(average -> average.follow(state.parameters(), step));
    secondsUpdating += (System.nanoTime() - begun) / 1e9;
    return new Result(
        sums.loss() / sums.target(),
        sums.likelihood() / sums.target(),
        norm,
        rate,
        sums.source(),
        sums.target());
  }

  private void requireFinite(double loss, double norm, long step) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      // All replicas see it at this step, so that none waits for another.
      shared = false;
      throw new DivergedException(
          String.format(
              Locale.ROOT,
              "training diverged at step %d: loss %s, gradient norm %s;"
                  + " lower optimizer.learningRate or optimizer.maxGradNorm,"
                  + " or raise optimizer.warmupSteps",
              step,
              loss,
              norm));
    }
  }

  /** Work on a range of the flat arrays. */
  private interface Range<T> {
    T of(AdamStep adam, int from, int to);
  }

  /** Splits the flat arrays into equal ranges, one per thread. */
  private <T> List<T> byRange(Range<T> work) {
    int count = optimizers.size();
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AdamStep adam = optimizers.get(i);
      int from = bound(i, count);
      int to = bound(i + 1, count);
      tasks.add(() -> work.of(adam, from, to));
    }
    return threads.all(tasks);
  }

  /** The beginning of range {@code index} of {@code count} equal ones. */
  private int bound(int index, int count) {
    return (int) (state.parameters().size() * index / count);
  }

  /**
   * The sum of squares of {@code gradient}, over as many ranges as there are threads in all
   * replicas: rounding depends on the ranges.
   */
  private double squares(INDArray gradient) {
    INDArray[] one = {gradient};
    double[] squares = new double[replica.shares()];
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      int first = i;
      tasks.add(
          () -> {
            AdamStep adam = optimizers.get(first);
            for (int r = first; r < squares.length; r += shares.size()) {
              squares[r] =
                  adam.sumInto(one, bound(r, squares.length), bound(r + 1, squares.length));
            }
            return true;
          });
    }
    threads.all(tasks);
    return DoubleStream.of(squares).sum();
  }

  /** Sums the gradients of all threads into the first; returns the sum of squares. */
  private double sumGradients(StepBatches batches) {
    INDArray[] sums = shares.stream().map(s -> s.gradient(batches)).toArray(INDArray[]::new);
    List<Double> squares = byRange((adam, from, to) -> adam.sumInto(sums, from, to));
    return squares.stream().mapToDouble(Double::doubleValue).sum();
  }

  private void update(StepBatches batches, double scale, double rate, long step) {
    INDArray gradient = shares.get(0).gradient(batches);
    byRange(
        (adam, from, to) -> {
          adam.update(state.arrays(), gradient, from, to, scale, rate, step);
          return true;
        });
  }

  /**
   * The seconds of all steps so far by op (a mean over threads), with gradient sum and norm, Adam,
   * and the exchange among replicas.
   */
  public Map<String, Double> secondsByOp() {
    Map<String, Double> seconds = new HashMap<>();
    for (ThreadShare share : shares) {
      share
          .secondsByOp()
          .forEach((op, time) -> seconds.merge(op, time / shares.size(), Double::sum));
    }
    seconds.put("gradient sum and norm", secondsAdding);
    seconds.put("adam", secondsUpdating);
    if (!replica.isAlone()) {
      seconds.put("gradient exchange", secondsExchanging);
    }
    return seconds;
  }

  @Override
  public void close() {
    threads.close();
    shares.forEach(ThreadShare::close);
  }
}
