package org.yuqiao.decode.step;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.corpus.batch.Batch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.SourceGraph;
import org.yuqiao.model.StepGraph;

/**
 * Decodes with one model, one token a step. The encoder and the keys and values of cross-attention
 * are computed once a batch; those of self-attention, or a recurrent decoder's states, are cached.
 * For one thread; the weights are shared.
 */
public final class IncrementalDecoder implements StepModel {
  private final EncoderDecoder model;
  private final StepGraph stepGraph;
  private final Session source;
  private final IncrementalStep step;
  private final StateCache cross;
  private float[] sourceMask = {};
  private int sourceLength;

  /**
   * A decoder of {@code model}.
   *
   * @param requested the outputs that will be read
   */
  public IncrementalDecoder(
      EncoderDecoder model, InferenceWeights weights, Backend backend, StepOutputs requested) {
    SourceGraph sourceGraph = model.sourceGraph();
    int width = model.memoryWidth();
    this.model = model;
    this.stepGraph = model.stepGraph();
    this.source = backend.session(sourceGraph.graph(), sourceGraph.outputs(), weights);
    this.step =
        new IncrementalStep(
            stepGraph, requested.attention(), width, model.type(), weights, backend);
    this.cross = new StateCache(stepGraph.crossCaches(), width, model.type());
  }

  @Override
  public void begin(List<int[]> sources) {
    Batch batch = Batch.of(sources.stream().map(Example::ofInput).toList());
    sourceMask = batch.sourceMask();
    sourceLength = batch.sourceLength();
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), batch.sentences(), sourceLength)
            .floats(EncoderDecoder.SOURCE_MASK, sourceMask, batch.sentences(), sourceLength);
    Map<String, INDArray> memory = source.run(inputs);
    cross.reset(batch.sentences(), sourceLength);
    stepGraph.crossCaches().forEach(name -> cross.fill(name, memory.get(name)));
    step.reset(batch.sentences());
    stepGraph.states().stream()
        .filter(memory::containsKey)
        .forEach(name -> step.fillState(name, memory.get(name)));
  }

  @Override
  public void step(int[] tokens) {
    step.compute(
        tokens,
        new Inputs()
            .floats(EncoderDecoder.SOURCE_MASK, sourceMask, cross.rows(), sourceLength)
            .cache(cross));
  }

  @Override
  public int best(int row, Consumer<float[]> processor, float[] buffer) {
    step.readLogits(row, buffer);
    processor.accept(buffer);
    return Argmax.of(buffer);
  }

  /** Copies the logits {@code [V]} of the next token of row {@code row}. */
  public void readLogits(int row, float[] logits) {
    step.readLogits(row, logits);
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    step.readLogProbabilities(row, logProbabilities);
  }

  @Override
  public void readAttention(int row, float[] weights) {
    int heads = model.heads();
    int hypotheses = step.rows() / cross.rows();
    float[] one = new float[sourceLength];
    Arrays.fill(weights, 0, sourceLength, 0f);
    float share = 1f / (heads * stepGraph.crossWeights().size());
    for (String layer : stepGraph.crossWeights()) {
      for (int head = 0; head < heads; head++) {
        int at = (row / hypotheses * heads + head) * hypotheses + row % hypotheses;
        step.readAttention(layer, at, one);
        for (int s = 0; s < sourceLength; s++) {
          weights[s] += share * one[s];
        }
      }
    }
  }

  @Override
  public void select(int[] sentences, int[] rows) {
    step.select(rows);
    cross.select(sentences, sourceLength);
    float[] masks = new float[sentences.length * sourceLength];
    for (int i = 0; i < sentences.length; i++) {
      System.arraycopy(
          sourceMask, sentences[i] * sourceLength, masks, i * sourceLength, sourceLength);
    }
    sourceMask = masks;
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
  public Map<String, Double> secondsByOp() {
    Map<String, Double> all = new LinkedHashMap<>();
    source.secondsByOp().forEach((op, seconds) -> all.put("encoder " + op, seconds));
    step.secondsByOp().forEach((op, seconds) -> all.put("decoder " + op, seconds));
    return all;
  }

  @Override
  public void close() {
    source.close();
    step.close();
    cross.close();
  }
}
