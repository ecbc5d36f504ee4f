package org.yuqiao.decode.explain;

import java.util.List;
import java.util.function.Function;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.TeacherForcedGraph;

/**
 * Inputs a model a sentence and its whole translation at once, and reads what it thought of every
 * token and where it looked. For one thread.
 */
final class TeacherForcedPass implements AutoCloseable {
  private final EncoderDecoder model;
  private final TeacherForcedGraph graph;
  private final Session session;
  private int sourceLength;
  private int targetLength;

  TeacherForcedPass(WeightedModel weighted, Backend backend) {
    this(
        weighted.model(),
        graph -> backend.session(graph.graph(), graph.outputs(), weighted.weights()));
  }

  /** A pass that runs in what {@code sessions} makes for its graph. */
  TeacherForcedPass(EncoderDecoder model, Function<TeacherForcedGraph, Session> sessions) {
    this.model = model;
    this.graph = model.forcedGraph();
    this.session = sessions.apply(graph);
  }

  /**
   * Runs it.
   *
   * @param source token ids without {@code <eos>}
   * @param target token ids without {@code <bos>} and {@code <eos>}
   */
  void run(int[] source, int[] target) {
    Batch batch = Batch.of(List.of(new Example(source, target)));
    sourceLength = batch.sourceLength();
    targetLength = batch.targetLength();
    session.compute(
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), 1, sourceLength)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), 1, sourceLength)
            .ints(EncoderDecoder.TARGET_IN, batch.targetIn(), 1, targetLength)
            .floats(EncoderDecoder.TARGET_MASK, batch.targetMask(), 1, targetLength));
  }

  /** The log-probability of every token at position {@code t} of the translation. */
  float[] logProbabilities(int t) {
    float[] row = new float[model.vocabularies().target()];
    session.read(graph.logits(), t, row);
    LogSoftmax.of(row);
    return row;
  }

  /** The encoder's self-attention {@code [layers][heads][S][S]}. */
  float[][][][] encoderSelf() {
    return weights(graph.encoderWeights(), sourceLength, sourceLength);
  }

  /** The decoder's self-attention {@code [layers][heads][T][T]}. */
  float[][][][] decoderSelf() {
    return weights(graph.decoderWeights(), targetLength, targetLength);
  }

  /** Cross-attention {@code [layers][heads][T][S]}. */
  float[][][][] cross() {
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
