package org.yuqiao.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.model.LossGraph;
import org.yuqiao.model.Model;

/**
 * A training step: forward, backward, gradient clipping by the global norm, Adam. The sentences of
 * a batch are shared among the threads of all replicas; gradients are summed in a fixed order, so
 * that a step is deterministic. Two replicas of one thread that exchange float32 take the same
 * steps, bit for bit, as one of two.
 */
public final class TrainingStep implements AutoCloseable {
  private final LossGraph graph;
  private final Collator collator;
  private final boolean readsTwice;
  private final OptimizerSettings settings;
  private final LearningRateSchedule schedule;
  private final ModelState state;
  private final Replica replica;
  private final Threads threads;
  private final List<Share> shares = new ArrayList<>();
  private final Optional<QuantizedSum> quantizedSum;
  private final long seed;
  private double secondsAdding;
  private double secondsExchanging;
  private double secondsUpdating;

  /** Whether other replicas still wait for this one. */
  private boolean shared;

  /** The session, gradients and optimizer of one thread. */
  private record Share(Session session, ParameterBuffer gradients, Total total, AdamStep adam) {}

  /** The buffer for accumulated gradients, allocated when there is more than one batch. */
  private static final class Total {
    private final ParameterBuffer like;
    private Optional<ParameterBuffer> buffer = Optional.empty();

    Total(ParameterBuffer like) {
      this.like = like;
    }

    ParameterBuffer buffer() {
      if (buffer.isEmpty()) {
        buffer = Optional.of(like.zerosLike());
      }
      return buffer.get();
    }
  }

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
    this.graph = model.trainingGraph(objective.loss(), state.parameters(), state.frozen().always());
    this.collator = objective.collator();
    this.readsTwice = objective.loss().readsTwice();
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
    for (int i = 0; i < backend.threads(); i++) {
      ParameterBuffer gradients = state.parameters().zerosLike();
      Session session = backend.session(graph.graph(), graph.outputs(), state.parameters());
      graph.gradients().forEach((name, output) -> session.writeOutputTo(output, gradients, name));
      shares.add(
          new Share(session, gradients, new Total(gradients), backend.adam(settings.adam(), type)));
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

  /** Sums of losses and tokens over shares. */
  private record Sums(double loss, double likelihood, long source, long target) {
    Sums plus(Sums other) {
      return new Sums(
          loss + other.loss,
          likelihood + other.likelihood,
          source + other.source,
          target + other.target);
    }
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
      sumOverReplicas(shares.get(0).gradients().flat(), new double[] {0, 0, 0, 0, 0, 1});
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
      int share = i;
      tasks.add(() -> accumulate(share, batches, step));
    }
    Sums sums = threads.all(tasks).stream().reduce(new Sums(0, 0, 0, 0), Sums::plus);
    long begun = System.nanoTime();
    double squares = sumGradients(batches);
    secondsAdding += (System.nanoTime() - begun) / 1e9;
    Gathered own = new Gathered(sums, squares, spent, false);
    return replica.isAlone() ? own : exchanged(own, total(shares.get(0), batches).flat());
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

  /** Accumulates the gradients of a thread's share of every batch. */
  private Sums accumulate(int index, StepBatches batches, long step) {
    Share share = shares.get(index);
    int number = replica.share(index);
    // A session overwrites gradients, so that those of a single batch need no clearing.
    if (batches.accumulated() || batches.share(0, number, replica.shares()).isEmpty()) {
      total(share, batches).flat().assign(0);
    }
    Sums sums = new Sums(0, 0, 0, 0);
    for (int b = 0; b < batches.size(); b++) {
      List<Example> own = batches.share(b, number, replica.shares());
      if (own.isEmpty()) {
        continue;
      }
      int[] dropoutSeed = {(int) (step * 31 + b), (int) (seed * 1_000_003 + number)};
      SplittableRandom random = new SplittableRandom((long) dropoutSeed[1] << 32 ^ dropoutSeed[0]);
      Collator.CollatedBatch once = collator.of(own, random);
      Collator.CollatedBatch collated = readsTwice ? once.twice() : once;
      Inputs inputs = collated.inputs().ints(Scope.DROPOUT_SEED, dropoutSeed, 2);
      var values = share.session().run(inputs);
      if (batches.accumulated()) {
        INDArray[] terms = {total(share, batches).flat(), share.gradients().flat()};
        share.adam().sumInto(terms, 0, Math.toIntExact(share.gradients().size()));
      }
      sums =
          sums.plus(
              new Sums(
                  values.get(graph.loss()).getDouble(0),
                  values.get(graph.negativeLogLikelihood()).getDouble(0),
                  collated.read(),
                  collated.predicted()));
    }
    state.frozen().clear(total(share, batches), step);
    return sums;
  }

  /** The buffer of a share's gradients: of a single batch, the one its session writes to. */
  private static ParameterBuffer total(Share share, StepBatches batches) {
    return batches.accumulated() ? share.total().buffer() : share.gradients();
  }

  /** Work on a range of the flat arrays. */
  private interface Range<T> {
    T of(Share share, int from, int to);
  }

  /** Splits the flat arrays into equal ranges, one per thread. */
  private <T> List<T> byRange(Range<T> work) {
    int count = shares.size();
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Share share = shares.get(i);
      int from = bound(i, count);
      int to = bound(i + 1, count);
      tasks.add(() -> work.of(share, from, to));
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
            AdamStep adam = shares.get(first).adam();
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
    INDArray[] sums = shares.stream().map(s -> total(s, batches).flat()).toArray(INDArray[]::new);
    List<Double> squares = byRange((share, from, to) -> share.adam().sumInto(sums, from, to));
    return squares.stream().mapToDouble(Double::doubleValue).sum();
  }

  private void update(StepBatches batches, double scale, double rate, long step) {
    INDArray gradient = total(shares.get(0), batches).flat();
    byRange(
        (share, from, to) -> {
          share.adam().update(state.arrays(), gradient, from, to, scale, rate, step);
          return true;
        });
  }

  /**
   * The seconds of all steps so far by op (a mean over threads), with gradient sum and norm, Adam,
   * and the exchange among replicas.
   */
  public Map<String, Double> secondsByOp() {
    Map<String, Double> seconds = new HashMap<>();
    for (Share share : shares) {
      share
          .session()
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
    shares.forEach(share -> share.session().close());
  }
}
