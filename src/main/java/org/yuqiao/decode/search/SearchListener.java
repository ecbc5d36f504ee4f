package org.yuqiao.decode.search;

/**
 * Follows the search of one sentence while it runs, in the thread of the search, and may end it.
 */
public interface SearchListener {
  /** Follows nothing. */
  SearchListener NONE =
      new SearchListener() {
        @Override
        public void advanced(int[] tokens, double[] logProbabilities) {}

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /**
   * Called after each step with the best live hypothesis, and at last with the best finished one.
   * Never called by sampling.
   *
   * @param tokens ids, without {@code <bos>} and {@code <eos>}
   * @param logProbabilities of each token given those before it
   */
  void advanced(int[] tokens, double[] logProbabilities);

  /** Whether the search should end; its result is then meaningless. */
  boolean isCancelled();
}
