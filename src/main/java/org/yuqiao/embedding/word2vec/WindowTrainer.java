package org.yuqiao.embedding.word2vec;

import java.util.Arrays;
import org.yuqiao.backend.simd.RowMath;

/**
 * Trains one word in its window on one thread. In CBOW the mean of the context predicts it, in
 * skip-gram each context word separately.
 */
final class WindowTrainer {
  private final Word2VecModel model;
  private final Word2VecSettings settings;
  private final OutputLayer layer;
  private final Targets targets;
  private final int[] zero = {0};
  private final int[] one = {0};
  private final float[] hidden;
  private final float[] gradient;
  private final int[] context;
  private int contextCount;

  WindowTrainer(Word2VecModel model, Word2VecSettings settings) {
    this.model = model;
    this.settings = settings;
    int maxContext = 2 * settings.window();
    this.layer = new OutputLayer(model.output, model.stride, maxContext, model.rows.maxTargets());
    this.targets = new Targets(model.rows.maxTargets());
    this.hidden = new float[model.stride];
    this.gradient = new float[maxContext * model.stride];
    this.context = new int[maxContext];
  }

  /**
   * Trains the word at {@code place}.
   *
   * @param sentence word ids
   * @param length the number of words in {@code sentence}
   */
  void train(int[] sentence, int length, int place, float alpha, SplitMix random) {
    window(sentence, length, place, random);
    if (contextCount == 0) {
      return;
    }
    if (settings.algorithm() != Word2VecAlgorithm.SKIP_GRAM) {
      bagOfWords(sentence[place], alpha, random);
    } else if (settings.shareNegatives() || settings.hierarchicalSoftmax()) {
      model.rows.fill(sentence[place], model.stride, random, targets);
      layer.step(model.input, context, contextCount, targets, alpha, gradient);
      for (int c = 0; c < contextCount; c++) {
        RowMath.add(gradient, c * model.stride, 1, model.input, context[c], model.stride);
      }
    } else {
      skipGram(sentence[place], alpha, random);
    }
  }

  /** Collects the offsets of the context vectors in a window of random width. */
  private void window(int[] sentence, int length, int place, SplitMix random) {
    int width = 1 + random.below(settings.window());
    int from = Math.max(0, place - width);
    int to = Math.min(length - 1, place + width);
    contextCount = 0;
    for (int i = from; i <= to; i++) {
      if (i != place) {
        context[contextCount++] = sentence[i] * model.stride;
      }
    }
  }

  private void bagOfWords(int word, float alpha, SplitMix random) {
    mean();
    model.rows.fill(word, model.stride, random, targets);
    layer.step(hidden, zero, 1, targets, alpha, gradient);
    float share = settings.algorithm() == Word2VecAlgorithm.CORRECTED_CBOW ? 1f / contextCount : 1f;
    for (int c = 0; c < contextCount; c++) {
      RowMath.add(gradient, 0, share, model.input, context[c], model.stride);
    }
  }

  private void mean() {
    Arrays.fill(hidden, 0);
    for (int c = 0; c < contextCount; c++) {
      RowMath.add(model.input, context[c], 1f / contextCount, hidden, 0, model.stride);
    }
  }

  private void skipGram(int word, float alpha, SplitMix random) {
    for (int c = 0; c < contextCount; c++) {
      model.rows.fill(word, model.stride, random, targets);
      one[0] = context[c];
      layer.step(model.input, one, 1, targets, alpha, gradient);
      RowMath.add(gradient, 0, 1, model.input, context[c], model.stride);
    }
  }

  /** The loss of predicting the word at {@code place}, summed over its predictions. */
  double loss(int[] sentence, int length, int place, SplitMix random) {
    window(sentence, length, place, random);
    if (contextCount == 0) {
      return 0;
    }
    model.rows.fill(sentence[place], model.stride, random, targets);
    if (settings.algorithm() != Word2VecAlgorithm.SKIP_GRAM) {
      mean();
      return loss(hidden, 0);
    }
    double sum = 0;
    for (int c = 0; c < contextCount; c++) {
      sum += loss(model.input, context[c]);
    }
    return sum;
  }

  /** The number of predictions of the last window. */
  int predictions() {
    return settings.algorithm() == Word2VecAlgorithm.SKIP_GRAM
        ? contextCount
        : Math.min(1, contextCount);
  }

  private double loss(float[] vectors, int at) {
    float[] logits = new float[targets.count];
    layer.logits(vectors, at, targets, logits, 0);
    double sum = 0;
    for (int t = 0; t < targets.count; t++) {
      double x = targets.labels[t] == 1 ? logits[t] : -logits[t];
      sum += x > 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
    }
    return sum;
  }
}
