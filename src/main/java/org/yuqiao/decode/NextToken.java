package org.yuqiao.decode;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.TopK;

/**
 * A token that may come next.
 *
 * @param probability p^(1/T), normalised over all tokens
 */
public record NextToken(int token, double probability) {
  /**
   * The most probable tokens, the first first.
   *
   * @param logProbabilities by token
   * @param temperature T above 0
   */
  public static List<NextToken> best(float[] logProbabilities, double temperature, int count) {
    TopK best = new TopK(Math.min(count, logProbabilities.length));
    best.find(logProbabilities, logProbabilities.length);
    double sum = 0;
    for (float logProbability : logProbabilities) {
      sum += Math.exp((logProbability - best.value(0)) / temperature);
    }
    List<NextToken> tokens = new ArrayList<>();
    for (int i = 0; i < best.count(); i++) {
      double weight = Math.exp((best.value(i) - best.value(0)) / temperature);
      tokens.add(new NextToken(best.index(i), weight / sum));
    }
    return tokens;
  }
}
