package org.yuqiao.embedding.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.yuqiao.embedding.query.CosineSimilarity;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.stats.SpearmanCorrelation;

/** Rank correlation between cosine similarities and human similarity judgments. */
public final class SimilarityEvaluation {
  private SimilarityEvaluation() {}

  /**
   * The result.
   *
   * @param pairs the number of pairs
   * @param covered the number of pairs with two known words; only they count
   * @param spearman Spearman's rank correlation of cosines and human scores
   */
  public record Result(int pairs, int covered, double spearman) {
    /** The share of covered pairs, 0 to 1. */
    public double coverage() {
      return (double) covered / pairs;
    }
  }

  /** Evaluates {@code vectors} on {@code pairs}. */
  public static Result evaluate(WordVectors vectors, SimilarityPairs pairs) {
    CosineSimilarity similarity = new CosineSimilarity(vectors);
    List<Double> scores = new ArrayList<>();
    List<Double> cosines = new ArrayList<>();
    for (SimilarityPairs.Pair pair : pairs.pairs()) {
      OptionalInt first = vectors.index(pair.first());
      OptionalInt second = vectors.index(pair.second());
      if (first.isPresent() && second.isPresent()) {
        scores.add(pair.score());
        cosines.add((double) similarity.of(first.getAsInt(), second.getAsInt()));
      }
    }
    return new Result(
        pairs.pairs().size(), scores.size(), SpearmanCorrelation.of(array(cosines), array(scores)));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
