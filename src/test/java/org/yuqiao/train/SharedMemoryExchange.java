package org.yuqiao.train;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.yuqiao.files.InvalidInputException;

/** An exchange among threads of one process, each a replica. */
public final class SharedMemoryExchange implements GradientExchange {
  private static final int SECONDS = 30;

  private final int rank;
  private final Common common;

  /** The arrays of all replicas. */
  private static final class Common {
    private final INDArray[] values;
    private final double[][] sums;
    private final CyclicBarrier barrier;

    Common(int count) {
      this.values = new INDArray[count];
      this.sums = new double[count][];
      this.barrier = new CyclicBarrier(count);
    }

    /** All add in the order of ranks. */
    void sumInto(INDArray total, double[] totals) {
      INDArray sum = values[0].dup();
      double[] doubles = sums[0].clone();
      for (int i = 1; i < values.length; i++) {
        sum.addi(values[i]);
        for (int j = 0; j < doubles.length; j++) {
          doubles[j] += sums[i][j];
        }
      }
      await();
      total.assign(sum);
      System.arraycopy(doubles, 0, totals, 0, totals.length);
      await();
    }

    void maxInto(INDArray total) {
      INDArray max = values[0].dup();
      for (int i = 1; i < values.length; i++) {
        Transforms.max(max, values[i], false);
      }
      await();
      total.assign(max);
      await();
    }

    void await() {
      try {
        barrier.await(SECONDS, TimeUnit.SECONDS);
      } catch (BrokenBarrierException | TimeoutException e) {
        throw new InvalidInputException("a replica is lost", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private SharedMemoryExchange(int rank, Common common) {
    this.rank = rank;
    this.common = common;
  }

  /** The exchanges of {@code count} replicas, by rank. */
  public static List<GradientExchange> of(int count) {
    Common common = new Common(count);
    return IntStream.range(0, count)
        .<GradientExchange>mapToObj(rank -> new SharedMemoryExchange(rank, common))
        .toList();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int worldSize() {
    return common.values.length;
  }

  @Override
  public void sum(INDArray values, double[] sums) {
    common.values[rank] = values;
    common.sums[rank] = sums;
    common.await();
    common.sumInto(values, sums);
  }

  @Override
  public void max(INDArray values) {
    common.values[rank] = values;
    common.await();
    common.maxInto(values);
  }
}
