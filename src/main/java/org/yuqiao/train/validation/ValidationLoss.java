package org.yuqiao.train.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.LossGraph;
import org.yuqiao.model.Model;
import org.yuqiao.train.Collator;

/** The loss of a model on held-out examples. */
public final class ValidationLoss implements AutoCloseable {
  private static final int BATCH = 64;

  private final LossGraph graph;
  private final Collator collator;
  private final List<Example> examples;
  private final Threads threads;
  private final List<Session> sessions = new ArrayList<>();

  /**
   * A sum over all examples.
   *
   * @param negativeLogLikelihood of all predictions, in nats
   * @param predicted number of predicted tokens or labels
   */
  public record Sum(double negativeLogLikelihood, long predicted) {
    /** The mean negative log-likelihood of a prediction. */
    public double mean() {
      return negativeLogLikelihood / predicted;
    }
  }

  /** The loss on {@code examples}; {@code parameters} are read in place. */
  public ValidationLoss(
      Model model,
      Collator collator,
      ParameterBuffer parameters,
      Backend backend,
      List<Example> examples) {
    this.graph = model.validationGraph(0);
    this.collator = collator;
    this.examples = examples;
    this.threads = new Threads(backend.threads());
    for (int i = 0; i < backend.threads(); i++) {
      sessions.add(backend.session(graph.graph(), graph.outputs(), parameters));
    }
  }

  /** Computes the loss with the present parameters. */
  public Sum sum() {
    List<Callable<Sum>> tasks = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      int share = i;
      tasks.add(() -> share(share));
    }
    double likelihood = 0;
    long predicted = 0;
    for (Sum sum : threads.all(tasks)) {
      likelihood += sum.negativeLogLikelihood;
      predicted += sum.predicted;
    }
    return new Sum(likelihood, predicted);
  }

  private Sum share(int share) {
    double likelihood = 0;
    long predicted = 0;
    for (int at = share * BATCH; at < examples.size(); at += sessions.size() * BATCH) {
      List<Example> batch = examples.subList(at, Math.min(examples.size(), at + BATCH));
      // Masked tokens are the same at every validation, whatever the number of threads.
      Collator.CollatedBatch collated = collator.of(batch, new SplittableRandom(at));
      likelihood +=
          sessions
              .get(share)
              .run(collated.inputs())
              .get(graph.negativeLogLikelihood())
              .getDouble(0);
      predicted += collated.predicted();
    }
    return new Sum(likelihood, predicted);
  }

  @Override
  public void close() {
    threads.close();
    sessions.forEach(Session::close);
  }
}
