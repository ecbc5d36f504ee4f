package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;

/**
 * The agreement of two sets of vectors: the share of nearest neighbors in common. Only words in
 * both vocabularies count.
 */
public final class NeighborOverlap {
  private final WordVectors first;
  private final WordVectors second;
  private final NearestNeighbors firstNeighbors;
  private final NearestNeighbors secondNeighbors;

  /** Compares {@code first} with {@code second}. */
  public NeighborOverlap(WordVectors first, WordVectors second) {
    this.first = common(first, second);
    this.second = common(second, first);
    this.firstNeighbors = new NearestNeighbors(this.first);
    this.secondNeighbors = new NearestNeighbors(this.second);
  }

  private static WordVectors common(WordVectors vectors, WordVectors others) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      if (others.index(vectors.word(i)).isPresent()) {
        rows.add(i);
      }
    }
    return vectors.select(rows.stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * The mean share of {@code count} nearest neighbors in common over {@code words} in both
   * vocabularies; NaN if there is none.
   */
  public double share(List<String> words, int count) {
    double sum = 0;
    int known = 0;
    for (String word : words) {
      if (first.index(word).isPresent()) {
        Set<String> ours = names(firstNeighbors.of(first.index(word).getAsInt(), count));
        Set<String> theirs = names(secondNeighbors.of(second.index(word).getAsInt(), count));
        ours.retainAll(theirs);
        sum += ours.size() / (double) Math.max(1, theirs.size());
        known++;
      }
    }
    return sum / known;
  }

  private static Set<String> names(List<Neighbor> neighbors) {
    Set<String> names = new HashSet<>();
    neighbors.forEach(neighbor -> names.add(neighbor.word()));
    return names;
  }
}
