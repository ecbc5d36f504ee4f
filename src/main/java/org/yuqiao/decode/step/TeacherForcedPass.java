package org.yuqiao.decode.step;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.TeacherForcedGraph;

/**
 * Teacher forcing: runs a model on sources with whole translations, and reads the log-probabilities
 * and attention weights of all positions. For one thread.
 */
public final class TeacherForcedPass implements AutoCloseable {
  private final EncoderDecoder model;
  private final TeacherForcedGraph graph;
  private final Session session;
  private int sourceLength;
  private int targetLength;

  /** A pass that runs in the session that {@code sessions} makes for its graph. */
  public TeacherForcedPass(EncoderDecoder model, Function<TeacherForcedGraph, Session> sessions) {
    this(model, model.teacherForcedGraph(), sessions);
  }

  private TeacherForcedPass(
      EncoderDecoder model,
      TeacherForcedGraph graph,
      Function<TeacherForcedGraph, Session> sessions) {
    this(model, graph, sessions.apply(graph));
  }

  /** A pass that runs {@code session} of {@code graph} and closes it at the end. */
  public TeacherForcedPass(EncoderDecoder model, TeacherForcedGraph graph, Session session) {
    this.model = model;
    this.graph = graph;
    this.session = session;
  }

  /** A pass that computes logits and all attention weights. */
  public static TeacherForcedPass ofAttention(WeightedModel weighted, Backend backend) {
    return new TeacherForcedPass(
        weighted.model(),
        graph -> backend.session(graph.graph(), graph.outputs(), weighted.weights()));
  }

  /** A pass that computes logits only: its attention weights can't be read. */
  public static TeacherForcedPass ofLogits(WeightedModel weighted, Backend backend) {
    return new TeacherForcedPass(
        weighted.model(),
        graph -> backend.session(graph.graph(), List.of(graph.logits()), weighted.weights()));
  }

  /** Runs a batch of one pair. */
  public void run(int[] source, int[] target) {
    run(List.of(source), List.of(target));
  }

  /**
   * Runs a batch.
   *
   * @param sources token ids without {@code <eos>}
   * @param targets token ids without {@code <bos>} and {@code <eos>}
   */
  public void run(List<int[]> sources, List<int[]> targets) {
    Batch batch =
        Batch.of(
            IntStream.range(0, sources.size())
                .mapToObj(i -> new Example(sources.get(i), targets.get(i)))
                .toList());
    int b = batch.sentences();
    sourceLength = batch.sourceLength();
    targetLength = batch.targetLength();
    session.compute(
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), b, sourceLength)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), b, sourceLength)
            .ints(EncoderDecoder.TARGET_IN, batch.targetIn(), b, targetLength)
            .floats(EncoderDecoder.TARGET_MASK, batch.targetMask(), b, targetLength));
  }

  /** The log-probability of every token at position {@code t} of translation {@code b}. */
  public float[] logProbabilities(int b, int t) {
    float[] row = new float[model.vocabularies().target()];
    session.read(graph.logits(), b * targetLength + t, row);
    LogSoftmax.of(row);
    return row;
  }

  /** The encoder's self-attention of a batch of one, {@code [layers][heads][S][S]}. */
  public float[][][][] encoderSelf() {
    return weights(graph.encoderWeights(), sourceLength, sourceLength);
  }

  /** The decoder's self-attention of a batch of one, {@code [layers][heads][T][T]}. */
  public float[][][][] decoderSelf() {
    return weights(graph.decoderWeights(), targetLength, targetLength);
  }

  /** Cross-attention of a batch of one, {@code [layers][heads][T][S]}. */
  public float[][][][] cross() {
    return weights(graph.crossWeights(), targetLength, sourceLength);
  }

  private float[][][][] weights(List<String> names, int queries, int keys) {
    int heads = model.heads();
    float[][][][] weights = new float[names.size()][heads][queries][keys];
    for (int layer = 0; layer < names.size(); layer++) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < queries; t++) {
          session.read(names.get(layer), head * queries + t, weights[layer][head][t]);
        }
      }
    }
    return weights;
  }

  @Override
  public void close() {
    session.close();
  }
}
