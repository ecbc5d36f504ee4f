package org.yuqiao.embedding.word2vec;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The mean loss of a prediction on held-out sentences: -log sigmoid(h . o) for the word, -log
 * sigmoid(-h . o) for each noise word. Windows and noise words always come from the same seed, so
 * losses of one run are comparable.
 */
final class HeldOutLoss {
  private static final int MAX_WINDOWS = 5000;

  private final WindowTrainer window;
  private final List<int[]> sentences;

  HeldOutLoss(Word2VecModel model, Word2VecSettings settings, List<int[]> sentences) {
    this.window = new WindowTrainer(model, settings);
    this.sentences = sentences;
  }

  /** The current loss; empty without held-out sentences. */
  OptionalDouble measure() {
    SplitMix random = new SplitMix(1);
    double sum = 0;
    long predictions = 0;
    int windows = 0;
    for (int[] sentence : sentences) {
      for (int place = 0; place < sentence.length && windows < MAX_WINDOWS; place++) {
        sum += window.loss(sentence, sentence.length, place, random);
        predictions += window.predictions();
        windows++;
      }
    }
    return predictions == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / predictions);
  }
}
