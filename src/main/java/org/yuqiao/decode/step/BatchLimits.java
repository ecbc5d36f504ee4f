package org.yuqiao.decode.step;

/**
 * How much one thread works on at once.
 *
 * @param sentences the most sentences of a batch
 * @param tokens the most source tokens, times hypotheses a sentence, of a batch; a single sentence
 *     may have more
 */
public record BatchLimits(int sentences, int tokens) {
  /** Enough rows that products of matrices run at full speed, few enough to stay in the cache. */
  public static final BatchLimits DEFAULT = new BatchLimits(128, 1500);

  /** How many sentences of {@code length} tokens and {@code rows} hypotheses go together. */
  public int sentences(int length, int rows) {
    return Math.max(1, Math.min(sentences, tokens / (length * rows)));
  }

  /**
   * How many of {@code total} tokens a batch takes so that {@code threads} threads get as many
   * batches each, all about as large.
   */
  public long share(long total, int threads) {
    long batches = (total + tokens - 1) / tokens;
    long rounds = (batches + threads - 1) / threads;
    return Math.max(1, (total + rounds * threads - 1) / Math.max(1, rounds * threads));
  }
}
