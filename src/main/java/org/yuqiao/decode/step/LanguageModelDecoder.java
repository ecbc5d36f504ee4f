package org.yuqiao.decode.step;

import java.util.Arrays;
import java.util.List;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.session.StateCache;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.model.OneStackModel;

/**
 * A language model, one token at a time: keys and values are kept from step to step, and each step
 * computes one position. For one thread; the weights are shared.
 */
public final class LanguageModelDecoder implements StepModel {
  private final DecoderOnly model;
  private final DecoderOnly.StepGraph graph;
  private final Session step;
  private final StateCache cache;
  private int length;

  public LanguageModelDecoder(DecoderOnly model, InferenceWeights weights, Backend backend) {
    this.model = model;
    this.graph = model.stepGraph();
    this.step = backend.session(graph.graph(), List.of(graph.logits()), weights);
    this.cache = new StateCache(graph.caches(), model.settings().hiddenSize(), model.type());
  }

  /** There is nothing to translate: of {@code sources} only the number counts. */
  @Override
  public void begin(List<int[]> sources) {
    length = 0;
    cache.reset(sources.size(), 0);
  }

  @Override
  public void step(int[] tokens) {
    cache.reserve(length + 1);
    int room = cache.capacity();
    float[] seen = new float[tokens.length * room];
    for (int row = 0; row < tokens.length; row++) {
      Arrays.fill(seen, row * room, row * room + length + 1, 1f);
    }
    step.compute(
        new Inputs()
            .ints(OneStackModel.TOKENS, tokens, tokens.length, 1)
            .ints(DecoderOnly.POSITION, new int[] {length}, 1)
            .floats(OneStackModel.MASK, seen, tokens.length, room)
            .cache(cache));
    length++;
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    step.read(graph.logits(), row, logProbabilities);
    LogSoftmax.of(logProbabilities);
  }

  @Override
  public void readAttention(int row, float[] weights) {
    throw new UnsupportedOperationException("a language model has no source to look at");
  }

  @Override
  public void select(int[] sentences, int[] rows) {
    cache.select(rows, length);
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  @Override
  public int positions() {
    return model.settings().maxPositions();
  }

  @Override
  public void close() {
    step.close();
    cache.close();
  }
}
