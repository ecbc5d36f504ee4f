package org.yuqiao.embedding.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yuqiao.embedding.vectors.WordVectors;

/** Finds the word that fits the others least: the one least similar to the mean of all. */
public final class OddOneOut {
  private final CosineSimilarity similarity;

  /** Judges words of {@code vectors}. */
  public OddOneOut(WordVectors vectors) {
    this.similarity = new CosineSimilarity(vectors);
  }

  /**
   * The words by their similarity to the mean of all their vectors of length 1, the odd one first.
   */
  public List<Neighbor> ranked(List<Integer> words) {
    WordVectors unit = similarity.unit();
    float[] mean = new float[unit.dimension()];
    for (int word : words) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += unit.values()[word * mean.length + i] / words.size();
      }
    }
    float[] withMean = similarity.withAll(mean);
    List<Neighbor> result = new ArrayList<>();
    for (int word : words) {
      result.add(new Neighbor(unit.word(word), withMean[word]));
    }
    result.sort(Comparator.comparingDouble(Neighbor::score));
    return result;
  }
}
