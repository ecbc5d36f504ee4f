package org.yuqiao.decode.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.runtime.Nd4jSession;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.TeacherForcedGraph;

/**
 * Reference of incremental decoding: runs encoder and decoder on the whole prefix of one sentence
 * for each token, with ND4J's own ops.
 */
final class WholePrefixDecoder implements StepModel {
  private final EncoderDecoder model;
  private final TeacherForcedGraph graph;
  private final Session session;
  private List<int[]> sources = List.of();
  private List<int[]> prefixes = List.of();

  WholePrefixDecoder(EncoderDecoder model, ParameterBuffer parameters) {
    this.model = model;
    this.graph = model.teacherForcedGraph();
    this.session = new Nd4jSession(graph.graph(), List.of(graph.logits()), parameters);
  }

  @Override
  public void begin(List<int[]> batch) {
    sources = List.copyOf(batch);
    prefixes = batch.stream().map(source -> new int[0]).toList();
  }

  @Override
  public void step(int[] tokens) {
    List<int[]> longer = new ArrayList<>();
    for (int row = 0; row < tokens.length; row++) {
      int[] prefix = Arrays.copyOf(prefixes.get(row), prefixes.get(row).length + 1);
      prefix[prefix.length - 1] = tokens[row];
      longer.add(prefix);
    }
    prefixes = longer;
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    int[] prefix = prefixes.get(row);
    int[] source = sources.get(row / (prefixes.size() / sources.size()));
    Batch batch = Batch.of(List.of(Example.ofInput(source)));
    int length = source.length + 1;
    float[] ones = new float[prefix.length];
    Arrays.fill(ones, 1f);
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), 1, length)
            .floats(EncoderDecoder.SOURCE_MASK, batch.sourceMask(), 1, length)
            .ints(EncoderDecoder.TARGET_IN, prefix, 1, prefix.length)
            .floats(EncoderDecoder.TARGET_MASK, ones, 1, prefix.length);
    INDArray all = session.run(inputs).get(graph.logits());
    double[] logits = all.slice(0).slice(prefix.length - 1).dup('c').data().asDouble();
    double max = Arrays.stream(logits).max().orElseThrow();
    double sum = Arrays.stream(logits).map(x -> Math.exp(x - max)).sum();
    for (int i = 0; i < logits.length; i++) {
      logProbabilities[i] = (float) (logits[i] - max - Math.log(sum));
    }
  }

  @Override
  public void readAttention(int row, float[] weights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void select(int[] sentences, int[] rows) {
    sources = Arrays.stream(sentences).mapToObj(sources::get).toList();
    prefixes = Arrays.stream(rows).mapToObj(prefixes::get).toList();
  }

  @Override
  public int vocabulary() {
    return model.vocabularies().target();
  }

  @Override
  public int positions() {
    return model.settings().maxPositions();
  }

  @Override
  public void close() {
    session.close();
  }
}
