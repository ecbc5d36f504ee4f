package org.yuqiao.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.model.LossGraph;
import org.yuqiao.model.Model;

/**
 * A training step: forward, backward, gradient clipping by the global norm, Adam. The sentences of
 * a batch are shared among threads; gradients are summed in a fixed order, so that a step is
 * deterministic.
 */
public final class TrainingStep implements AutoCloseable {
  private final LossGraph graph;
  private final Collator collator;
  private final OptimizerSettings settings;
  private final LearningRateSchedule schedule;
  private final ModelState state;
  private final Threads threads;
  private final List<Share> shares = new ArrayList<>();
  private final long seed;
  private double secondsAdding;
  private double secondsUpdating;

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
    Model model = objective.model();
    this.graph =
        model.trainingGraph(objective.labelSmoothing(), state.parameters(), state.frozen());
    this.collator = objective.collator();
    this.settings = settings;
    this.schedule = settings.schedule(model.settings().hiddenSize());
    this.state = state;
    this.threads = new Threads(backend.threads());
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

  /** The sums of one share's losses and tokens. */
  private record Sums(double loss, double likelihood, long source, long target) {
    Sums plus(Sums other) {
      return new Sums(
          loss + other.loss,
          likelihood + other.likelihood,
          source + other.source,
          target + other.target);
    }
  }

  /**
   * Takes step number {@code step} (the first is 1) on all {@code batches} together.
   *
   * @param spent the share of the training budget spent before this step, from 0 to 1
   * @throws InvalidInputException when the loss or the gradient is not finite; the parameters are
   *     then unchanged
   */
  public Result run(StepBatches batches, long step, double spent) {
    List<Callable<Sums>> tasks = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      int share = i;
      tasks.add(() -> accumulate(share, batches, step));
    }
    Sums sums = threads.all(tasks).stream().reduce(new Sums(0, 0, 0, 0), Sums::plus);
    long begun = System.nanoTime();
    double norm = Math.sqrt(sumGradients(batches)) / sums.target();
    secondsAdding += (System.nanoTime() - begun) / 1e9;
    double clip =
        settings.maxGradNorm() > 0 && norm > settings.maxGradNorm()
            ? settings.maxGradNorm() / norm
            : 1;
    double rate = schedule.rate(step, spent);
    requireFinite(sums.loss() / sums.target(), norm, step);
    begun = System.nanoTime();
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

  private static void requireFinite(double loss, double norm, long step) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new InvalidInputException(
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
    // A session overwrites gradients, so that those of a single batch need no clearing.
    if (batches.accumulated() || batches.share(0, index, shares.size()).isEmpty()) {
      total(share, batches).flat().assign(0);
    }
    Sums sums = new Sums(0, 0, 0, 0);
    for (int b = 0; b < batches.size(); b++) {
      List<Example> own = batches.share(b, index, shares.size());
      if (own.isEmpty()) {
        continue;
      }
      int[] dropoutSeed = {(int) (step * 31 + b), (int) (seed * 1_000_003 + index)};
      SplittableRandom random = new SplittableRandom((long) dropoutSeed[1] << 32 ^ dropoutSeed[0]);
      Collator.CollatedBatch collated = collator.of(own, random);
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
    int size = Math.toIntExact(state.parameters().size());
    int count = shares.size();
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Share share = shares.get(i);
      int from = (int) ((long) size * i / count);
      int to = (int) ((long) size * (i + 1) / count);
      tasks.add(() -> work.of(share, from, to));
    }
    return threads.all(tasks);
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
   * The seconds of all steps so far by op (a mean over threads), with gradient sum and norm, and
   * Adam.
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
    return seconds;
  }

  @Override
  public void close() {
    threads.close();
    shares.forEach(share -> share.session().close());
  }
}
