package org.yuqiao.decode.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.backend.simd.LogSoftmax;
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
  private final SourceGraph sourceGraph;
  private final StepGraph stepGraph;
  private final Session source;
  private final Session step;
  private final StateCache self;
  private final StateCache cross;
  private final StateCache states;
  private float[] sourceMask = {};
  private int sourceLength;
  private int length;

  /**
   * A decoder of {@code model}.
   *
   * @param requested the outputs that will be read
   */
  public IncrementalDecoder(
      EncoderDecoder model, InferenceWeights weights, Backend backend, StepOutputs requested) {
    this.model = model;
    this.sourceGraph = model.sourceGraph();
    this.stepGraph = model.stepGraph();
    this.source = backend.session(sourceGraph.graph(), sourceGraph.outputs(), weights);
    List<String> outputs = new ArrayList<>();
    outputs.add(stepGraph.logits());
    outputs.addAll(stepGraph.updates());
    if (requested.attention()) {
      outputs.addAll(stepGraph.crossWeights());
    }
    this.step = backend.session(stepGraph.graph(), outputs, weights);
    int width = model.memoryWidth();
    this.self = new StateCache(stepGraph.selfCaches(), width, model.type());
    this.cross = new StateCache(stepGraph.crossCaches(), width, model.type());
    this.states = new StateCache(stepGraph.states(), width, model.type());
  }

  @Override
  public void begin(List<int[]> sources) {
    Batch batch =
        Batch.of(sources.stream().map(tokens -> new Example(tokens, new int[0])).toList());
    sourceMask = batch.sourceMask();
    sourceLength = batch.sourceLength();
    length = 0;
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, batch.source(), batch.sentences(), sourceLength)
            .floats(EncoderDecoder.SOURCE_MASK, sourceMask, batch.sentences(), sourceLength);
    Map<String, INDArray> memory = source.run(inputs);
    cross.reset(batch.sentences(), sourceLength);
    states.reset(batch.sentences(), 1);
    stepGraph.crossCaches().forEach(name -> cross.fill(name, memory.get(name)));
    stepGraph.states().forEach(name -> states.fill(name, memory.get(name)));
    self.reset(batch.sentences(), 0);
  }

  @Override
  public void step(int[] tokens) {
    self.reserve(length + 1);
    float[] seen = new float[tokens.length * self.capacity()];
    for (int row = 0; row < tokens.length; row++) {
      int start = row * self.capacity();
      Arrays.fill(seen, start, start + length + 1, 1f);
    }
    step.compute(
        new Inputs()
            .ints(EncoderDecoder.TARGET_IN, tokens, tokens.length, 1)
            .ints(EncoderDecoder.POSITION, new int[] {length}, 1)
            .floats(EncoderDecoder.TARGET_MASK, seen, tokens.length, self.capacity())
            .floats(EncoderDecoder.SOURCE_MASK, sourceMask, cross.rows(), sourceLength)
            .cache(self)
            .cache(cross)
            .cache(states));
    length++;
  }

  @Override
  public int best(int row, Consumer<float[]> processor, float[] buffer) {
    step.read(stepGraph.logits(), row, buffer);
    processor.accept(buffer);
    return Argmax.of(buffer);
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    step.read(stepGraph.logits(), row, logProbabilities);
    LogSoftmax.of(logProbabilities);
  }

  @Override
  public void readAttention(int row, float[] weights) {
    int heads = model.heads();
    int hypotheses = self.rows() / cross.rows();
    float[] one = new float[sourceLength];
    Arrays.fill(weights, 0, sourceLength, 0f);
    float share = 1f / (heads * stepGraph.crossWeights().size());
    for (String layer : stepGraph.crossWeights()) {
      for (int head = 0; head < heads; head++) {
        int at = (row / hypotheses * heads + head) * hypotheses + row % hypotheses;
        step.read(layer, at, one);
        for (int s = 0; s < sourceLength; s++) {
          weights[s] += share * one[s];
        }
      }
    }
  }

  @Override
  public void select(int[] sentences, int[] rows) {
    self.select(rows, length);
    cross.select(sentences, sourceLength);
    states.select(rows, 1);
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
  public void close() {
    source.close();
    step.close();
    self.close();
    cross.close();
    states.close();
  }
}
