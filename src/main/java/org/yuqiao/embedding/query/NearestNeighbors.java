package org.yuqiao.embedding.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.embedding.vectors.WordVectors;

/** Finds the words with the highest cosine similarity to a vector. */
public final class NearestNeighbors {
  private final CosineSimilarity similarity;

  /** Searches among {@code vectors}. */
  public NearestNeighbors(WordVectors vectors) {
    this(new CosineSimilarity(vectors));
  }

  /** Searches among the words of {@code similarity}. */
  public NearestNeighbors(CosineSimilarity similarity) {
    this.similarity = similarity;
  }

  /** The {@code count} words most similar to the word {@code index}, itself excluded. */
  public List<Neighbor> of(int index, int count) {
    return of(similarity.unit().row(index), count, Set.of(index));
  }

  /** The {@code count} words most similar to {@code query} {@code [D]}, except {@code excluded}. */
  public List<Neighbor> of(float[] query, int count, Set<Integer> excluded) {
    return best(similarity.unit(), similarity.withAll(query), count, excluded);
  }

  /**
   * The {@code count} words with the highest {@code scores} {@code [V]}; overwrites excluded
   * scores.
   */
  static List<Neighbor> best(
      WordVectors vectors, float[] scores, int count, Set<Integer> excluded) {
    if (count < 1) {
      return List.of();
    }
    excluded.forEach(index -> scores[index] = Float.NEGATIVE_INFINITY);
    TopK best = new TopK(Math.min(count, scores.length));
    best.find(scores, scores.length);
    List<Neighbor> result = new ArrayList<>();
    for (int rank = 0; rank < best.count(); rank++) {
      result.add(new Neighbor(vectors.word(best.index(rank)), best.value(rank)));
    }
    return result;
  }
}
