package org.yuqiao.train;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The all-reduce among the replicas of a data-parallel training. Replicas call it in step; each
 * call blocks until all have made it.
 */
public interface GradientExchange {
  /** A single replica: sums are its own. */
  GradientExchange ALONE =
      new GradientExchange() {
        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int worldSize() {
          return 1;
        }

        @Override
        public void sum(INDArray values, double[] sums) {}

        @Override
        public void max(INDArray values) {}
      };

  /** The number of this replica, from 0; the first leads. */
  int rank();

  /** The number of replicas. */
  int worldSize();

  /**
   * Replaces the elements of both arrays by their sums over all replicas. Results are the same bits
   * everywhere.
   *
   * @param values float32 or int16, contiguous, of equal length in all replicas
   * @throws RuntimeException when a replica is lost; no further call will succeed
   */
  void sum(INDArray values, double[] sums);

  /**
   * Replaces each element by its maximum over all replicas.
   *
   * @param values float32 without NaN, otherwise as of {@link #sum}
   * @throws RuntimeException as {@link #sum}
   */
  void max(INDArray values);
}
