package org.yuqiao.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.optimizer.AdamStep;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.layers.base.Scope;
import org.yuqiao.model.LossGraph;

/**
 * What one thread computes of a step: forward and backward passes over its share of the sentences
 * of every batch, in a session of its own.
 */
final class ThreadShare implements AutoCloseable {
  private final LossGraph graph;
  private final TrainingObjective objective;
  private final FrozenParameters frozen;
  private final int number;
  private final int count;
  private final Session session;
  private final ParameterBuffer gradients;

  /** The sum of gradients, allocated when there is more than one batch. */
  private Optional<ParameterBuffer> accumulated = Optional.empty();

  /**
   * Sums over sentences.
   *
   * @param loss the label-smoothed loss
   * @param likelihood the negative log-likelihood
   * @param source source tokens, without padding
   * @param target predicted tokens, without padding
   */
  record Sums(double loss, double likelihood, long source, long target) {
    static final Sums ZERO = new Sums(0, 0, 0, 0);

    Sums plus(Sums other) {
      return new Sums(
          loss + other.loss,
          likelihood + other.likelihood,
          source + other.source,
          target + other.target);
    }
  }

  /** The share of thread {@code thread} of {@code replica}. */
  ThreadShare(
      LossGraph graph, TrainingObjective objective, ModelState state, Replica replica, int thread) {
    this.graph = graph;
    this.objective = objective;
    this.frozen = state.frozen();
    this.number = replica.share(thread);
    this.count = replica.shares();
    this.gradients = state.parameters().zerosLike();
    this.session = replica.backend().session(graph.graph(), graph.outputs(), state.parameters());
    graph.gradients().forEach((name, output) -> session.writeOutputTo(output, gradients, name));
  }

  /**
   * Computes {@link #gradient} over this share of all batches of step {@code step}, each with
   * dropout of its own.
   *
   * @param adder adds arrays
   */
  Sums compute(StepBatches batches, long step, long seed, AdamStep adder) {
    // A session overwrites gradients, so that those of a single batch need no clearing.
    if (batches.accumulated() || batches.share(0, number, count).isEmpty()) {
      total(batches).flat().assign(0);
    }
    Sums sums = Sums.ZERO;
    for (int b = 0; b < batches.size(); b++) {
      List<Example> own = batches.share(b, number, count);
      if (own.isEmpty()) {
        continue;
      }
      sums =
          sums.plus(run(own, new int[] {(int) (step * 31 + b), (int) (seed * 1_000_003 + number)}));
      if (batches.accumulated()) {
        INDArray[] terms = {total(batches).flat(), gradients.flat()};
        adder.sumInto(terms, 0, Math.toIntExact(gradients.size()));
      }
    }
    frozen.clear(total(batches), step);
    return sums;
  }

  private Sums run(List<Example> examples, int[] dropoutSeed) {
    SplittableRandom random = new SplittableRandom((long) dropoutSeed[1] << 32 ^ dropoutSeed[0]);
    Collator.CollatedBatch once = objective.collator().of(examples, random);
    Collator.CollatedBatch collated = objective.loss().readsTwice() ? once.twice() : once;
    Inputs inputs = collated.inputs().ints(Scope.DROPOUT_SEED, dropoutSeed, 2);
    var values = session.run(inputs);
    return new Sums(
        values.get(graph.loss()).getDouble(0),
        values.get(graph.negativeLogLikelihood()).getDouble(0),
        collated.read(),
        collated.predicted());
  }

  /** The flat gradient of the batches that were computed last; may be changed. */
  INDArray gradient(StepBatches batches) {
    return total(batches).flat();
  }

  /** Of a single batch, the buffer that the session writes to. */
  private ParameterBuffer total(StepBatches batches) {
    if (!batches.accumulated()) {
      return gradients;
    }
    if (accumulated.isEmpty()) {
      accumulated = Optional.of(gradients.zerosLike());
    }
    return accumulated.get();
  }

  /** The seconds of all steps so far by op. */
  Map<String, Double> secondsByOp() {
    return session.secondsByOp();
  }

  @Override
  public void close() {
    session.close();
  }
}
