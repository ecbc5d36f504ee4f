package org.yuqiao.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yuqiao.backend.TopK;

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

  /** The {@code count} words of the greatest scores {@code [V]}, which are changed. */
  static List<Neighbour> best(
      WordVectors vectors, float[] scores, int count, Set<Integer> excluded) {
    if (count < 1) {
      return List.of();
    }
    excluded.forEach(index -> scores[index] = Float.NEGATIVE_INFINITY);
    TopK best = new TopK(Math.min(count, scores.length));
    best.find(scores, scores.length);
    List<Neighbour> result = new ArrayList<>();
    for (int rank = 0; rank < best.count(); rank++) {
      result.add(new Neighbour(vectors.word(best.index(rank)), best.value(rank)));
    }
    return result;
  }
}
