package org.yuqiao.embedding.word2vec;

import java.util.Arrays;
import org.yuqiao.backend.simd.RowMath;

/**
 * Trains one word in its window, on one thread: CBOW lets the mean of the context predict it,
 * skip-gram every context word by itself.
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
    int most = 2 * settings.window();
    this.layer = new OutputLayer(model.output, model.stride, most, model.rows.most());
    this.targets = new Targets(model.rows.most());
    this.hidden = new float[model.stride];
    this.gradient = new float[most * model.stride];
    this.context = new int[most];
  }

  /**
   * Trains the word at {@code place}.
   *
   * @param sentence numbers of words
   * @param length how many there are
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
      eachByItself(sentence[place], alpha, random);
    }
  }

  /** Notes where the vectors of the context begin; the window's width is drawn anew each time. */
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

  private void eachByItself(int word, float alpha, SplitMix random) {
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

  /** How many predictions the window looked at last makes. */
  int predictions() {
    return settings.algorithm() == Word2VecAlgorithm.SKIP_GRAM
        ? contextCount
        : Math.min(1, contextCount);
  }

  private double loss(float[] vectors, int at) {
    float[] scores = new float[targets.count];
    layer.logits(vectors, at, targets, scores, 0);
    double sum = 0;
    for (int t = 0; t < targets.count; t++) {
      double x = targets.labels[t] == 1 ? scores[t] : -scores[t];
      sum += x > 0 ? Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)) - x;
    }
    return sum;
  }
}
