package org.yuqiao.decode.step;

import java.util.List;
import java.util.function.Consumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.model.DecoderOnly;

/**
 * Decodes with a language model, one token a step; keys and values are cached. For one thread; the
 * weights are shared.
 */
public final class LanguageModelDecoder implements StepModel {
  private final DecoderOnly model;
  private final IncrementalStep step;

  /** A decoder of {@code model}. */
  public LanguageModelDecoder(DecoderOnly model, InferenceWeights weights, Backend backend) {
    this.model = model;
    this.step =
        new IncrementalStep(
            model.stepGraph(),
            false,
            model.settings().hiddenSize(),
            model.type(),
            weights,
            backend);
  }

  /** A language model has no source: only the number of {@code sources} counts. */
  @Override
  public void begin(List<int[]> sources) {
    step.reset(sources.size());
  }

  @Override
  public void step(int[] tokens) {
    step.compute(tokens, new Inputs());
  }

  @Override
  public int best(int row, Consumer<float[]> processor, float[] buffer) {
    step.readLogits(row, buffer);
    processor.accept(buffer);
    return Argmax.of(buffer);
  }

  @Override
  public void read(int row, float[] logProbabilities) {
    step.readLogProbabilities(row, logProbabilities);
  }

  @Override
  public void readAttention(int row, float[] weights) {
    throw new UnsupportedOperationException("a language model has no cross-attention");
  }

  @Override
  public void select(int[] sentences, int[] rows) {
    step.select(rows);
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
  }
}
