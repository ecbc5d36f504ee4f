package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.backend.tensor.Threads;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.step.Argmax;
import org.yuqiao.model.EncoderOnly;
import org.yuqiao.model.InferenceGraph;
import org.yuqiao.model.OneStackModel;

/**
 * Predicts the label of every token and of the final &lt;eos&gt;. Each call reads the parameters
 * anew.
 */
public final class SequenceLabeler implements AutoCloseable {
  private static final int BATCH = 32;

  private final int labels;
  private final InferenceGraph graph;
  private final Threads threads;
  private final List<Session> sessions = new ArrayList<>();

  /**
   * The labels of a sentence.
   *
   * @param labels the most probable label of each token and of the end
   * @param probabilities of these labels
   */
  public record Labeled(int[] labels, double[] probabilities) {
    /** The label of the end: the label of the whole sentence. */
    public int last() {
      return labels[labels.length - 1];
    }
  }

  /** A labeler that shares {@code parameters}. */
  public SequenceLabeler(EncoderOnly model, ParameterBuffer parameters, Backend backend) {
    this.labels = model.outputs();
    this.graph = model.labelGraph();
    this.threads = new Threads(backend.threads());
    for (int i = 0; i < backend.threads(); i++) {
      sessions.add(backend.session(graph.graph(), List.of(graph.output()), parameters));
    }
  }

  /** Labels sentences, given as token ids without &lt;eos&gt;, in their order. */
  public List<Labeled> label(List<int[]> sentences) {
    Labeled[] results = new Labeled[sentences.size()];
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      int share = i;
      tasks.add(
          () -> {
            for (int at = share * BATCH; at < results.length; at += sessions.size() * BATCH) {
              int to = Math.min(results.length, at + BATCH);
              List<Labeled> found = batch(sessions.get(share), sentences.subList(at, to));
              for (int j = 0; j < found.size(); j++) {
                results[at + j] = found.get(j);
              }
            }
            return true;
          });
    }
    threads.all(tasks);
    return Arrays.asList(results);
  }

  private List<Labeled> batch(Session session, List<int[]> sentences) {
    LabeledBatch batch =
        LabeledBatch.tokenLabels(sentences.stream().map(Example::ofInput).toList());
    int t = batch.length();
    session.compute(
        new Inputs()
            .ints(OneStackModel.TOKENS, batch.tokens(), batch.sentences(), t)
            .floats(OneStackModel.MASK, batch.mask(), batch.sentences(), t));
    float[] row = new float[labels];
    List<Labeled> results = new ArrayList<>();
    for (int b = 0; b < sentences.size(); b++) {
      int length = sentences.get(b).length + 1;
      int[] best = new int[length];
      double[] probabilities = new double[length];
      for (int i = 0; i < length; i++) {
        session.read(graph.output(), b * t + i, row);
        LogSoftmax.of(row);
        best[i] = Math.max(0, Argmax.of(row));
        probabilities[i] = Math.exp(row[best[i]]);
      }
      results.add(new Labeled(best, probabilities));
    }
    return results;
  }

  @Override
  public void close() {
    threads.close();
    sessions.forEach(Session::close);
  }
}
