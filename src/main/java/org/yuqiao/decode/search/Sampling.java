package org.yuqiao.decode.search;

import static org.yuqiao.files.InvalidInputException.require;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.yuqiao.backend.simd.TopK;
import org.yuqiao.decode.logits.LogitsProcessor;

/**
 * Sampling from p^(1/T), normalized over the {@code topK} most probable tokens (Fan et al. 2018)
 * and the smallest set of them whose probability reaches {@code topP} (Holtzman et al. 2020,
 * section 3.1).
 *
 * @param temperature T above 0; near 0 it is greedy search
 * @param topK 0 for all
 * @param topP 1 for all
 * @param seed the same seed and source give the same translation
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
  private static final int FIRST_GUESS = 32;

  /** Checks the values. */
  public Sampling {
    require(temperature > 0, "temperature must be above 0, not " + temperature);
    require(topK >= 0, "top-k must not be below 0, but is " + topK);
    require(topP > 0 && topP <= 1, "top-p must be above 0 and at most 1, not " + topP);
  }

  /** A generator seeded by {@code seed} and the source, whatever else is in the batch. */
  SplittableRandom random(int[] source) {
    return new SplittableRandom(31 * seed + Arrays.hashCode(source));
  }

  /**
   * The sampling distribution: p^(1/T), normalized over the tokens kept.
   *
   * @param scores log-probabilities, or logits, of all tokens
   * @return {@code [V]}, 0 for tokens that are cut off or masked
   */
  public double[] probabilities(float[] scores) {
    TopK best = new TopK(topK == 0 ? scores.length : Math.min(topK, scores.length));
    best.find(scores, scores.length);
    double all = 0;
    for (int i = 0; i < best.count(); i++) {
      all += weight(best.value(i), best.value(0));
    }
    Nucleus nucleus = nucleus(best, all);
    double[] probabilities = new double[scores.length];
    for (int i = 0; i < nucleus.count(); i++) {
      probabilities[best.index(i)] = weight(best.value(i), best.value(0)) / nucleus.weight();
    }
    return probabilities;
  }

  /**
   * Draws a token.
   *
   * @param scores log-probabilities
   * @return the token, or -1 when all are masked
   */
  int draw(float[] scores, SplittableRandom random) {
    int kept = topK == 0 ? scores.length : Math.min(topK, scores.length);
    return kept == scores.length && topP == 1
        ? drawFromAll(scores, random)
        : drawFromBest(scores, kept, random);
  }

  private int drawFromAll(float[] scores, SplittableRandom random) {
    float max = LogitsProcessor.MASKED;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += weight(score, max);
    }
    double left = random.nextDouble() * sum;
    int last = -1;
    for (int token = 0; token < scores.length; token++) {
      double weight = weight(scores[token], max);
      if (weight > 0) {
        last = token;
        left -= weight;
        if (left < 0) {
          return token;
        }
      }
    }
    return last;
  }

  /** p^(1/T) over that of the most probable token. */
  private double weight(float score, float max) {
    return score == LogitsProcessor.MASKED ? 0 : Math.exp((score - max) / temperature);
  }

  /**
   * The tokens that top-p keeps.
   *
   * @param count how many of the most probable ones
   * @param weight the sum of their weights
   */
  private record Nucleus(int count, double weight) {}

  /** The fewest of the {@code best} tokens whose weight reaches the share top-p of {@code all}. */
  private Nucleus nucleus(TopK best, double all) {
    int count = 0;
    double reached = 0;
    while (count < best.count() && (topP == 1 || reached < topP * all)) {
      reached += weight(best.value(count++), best.value(0));
    }
    return new Nucleus(count, reached);
  }

  /** Few tokens hold most of the probability, so more are sorted only until they reach it. */
  private int drawFromBest(float[] scores, int kept, SplittableRandom random) {
    double all = topP == 1 ? 0 : total(scores, kept);
    for (int guess = Math.min(kept, FIRST_GUESS); ; guess = Math.min(kept, 4 * guess)) {
      TopK best = new TopK(guess);
      best.find(scores, scores.length);
      Nucleus nucleus = nucleus(best, all);
      boolean enough = topP < 1 && nucleus.weight() >= topP * all;
      if (enough || guess == kept || best.count() < guess) {
        return pick(best, nucleus.count(), random.nextDouble() * nucleus.weight());
      }
    }
  }

  /** The sum of the weights of the {@code kept} most probable tokens. */
  private double total(float[] scores, int kept) {
    float max = LogitsProcessor.MASKED;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    if (kept == scores.length) {
      for (float score : scores) {
        sum += weight(score, max);
      }
      return sum;
    }
    TopK best = new TopK(kept);
    best.find(scores, scores.length);
    for (int i = 0; i < best.count(); i++) {
      sum += weight(best.value(i), max);
    }
    return sum;
  }

  private int pick(TopK best, int count, double at) {
    double left = at;
    for (int i = 0; i < count; i++) {
      left -= weight(best.value(i), best.value(0));
      if (left < 0) {
        return best.index(i);
      }
    }
    return count == 0 ? -1 : best.index(count - 1);
  }
}
