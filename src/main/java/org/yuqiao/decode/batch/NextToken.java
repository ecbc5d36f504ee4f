package org.yuqiao.decode.batch;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.search.Sampling;

/**
 * A candidate for the next token.
 *
 * @param probability p^(1/T), normalized over all tokens
 */
public record NextToken(int token, double probability) {
  /**
   * The {@code count} most probable tokens, the best first.
   *
   * @param logProbabilities by token
   * @param temperature T above 0
   */
  public static List<NextToken> best(float[] logProbabilities, double temperature, int count) {
    double[] probabilities = new Sampling(temperature, 0, 1, 0).probabilities(logProbabilities);
    TopK best = new TopK(Math.min(count, logProbabilities.length));
    best.find(logProbabilities, logProbabilities.length);
    List<NextToken> tokens = new ArrayList<>();
    for (int i = 0; i < best.count(); i++) {
      tokens.add(new NextToken(best.index(i), probabilities[best.index(i)]));
    }
    return tokens;
  }
}
