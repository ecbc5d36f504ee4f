package org.yuqiao.embedding.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yuqiao.embedding.vectors.WordVectors;

/** Finds the odd word: the one least similar to the mean of all. */
public final class OddOneOut {
  private final CosineSimilarity similarity;

  /** Compares words of {@code vectors}. */
  public OddOneOut(WordVectors vectors) {
    this.similarity = new CosineSimilarity(vectors);
  }

  /** The words in ascending similarity to the mean of their unit vectors. */
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
