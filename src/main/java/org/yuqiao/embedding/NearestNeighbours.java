package org.yuqiao.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The words whose vectors point most nearly into a direction. */
public final class NearestNeighbours {
  private final CosineSimilarity similarity;

  /** Searches among {@code vectors}. */
  public NearestNeighbours(WordVectors vectors) {
    this(new CosineSimilarity(vectors));
  }

  NearestNeighbours(CosineSimilarity similarity) {
    this.similarity = similarity;
  }

  /** The {@code count} words most similar to the word {@code index}, itself left out. */
  public List<Neighbour> of(int index, int count) {
    return of(similarity.unit().row(index), count, Set.of(index));
  }

  /** The {@code count} words most similar to {@code query} {@code [D]}, some left out. */
  public List<Neighbour> of(float[] query, int count, Set<Integer> excluded) {
    return best(similarity.unit(), similarity.withAll(query), count, excluded);
  }

  /** The {@code count} words of the greatest scores {@code [V]}. */
  static List<Neighbour> best(
      WordVectors vectors, float[] scores, int count, Set<Integer> excluded) {
    TopK best = new TopK(Math.max(0, Math.min(count, scores.length - excluded.size())));
    int[] left = excluded.stream().mapToInt(Integer::intValue).sorted().toArray();
    if (count > 0) {
      for (int i = 0; i < scores.length; i++) {
        if (Arrays.binarySearch(left, i) < 0) {
          best.add(i, scores[i]);
        }
      }
    }
    List<Neighbour> result = new ArrayList<>();
    for (int index : best.indices()) {
      result.add(new Neighbour(vectors.word(index), scores[index]));
    }
    return result;
  }
}
