package org.yuqiao.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.spark.Clusters;
import org.yuqiao.spark.SparkCluster;

/** Two processes exchange arrays of each type. */
class RingExchangeTest {
  @Test
  void arraysOfEachTypeAreReducedInPlace() {
    try (SparkCluster cluster = SparkCluster.open(Clusters.processes(1 << 20), "ring")) {
      List<String> results =
          cluster.run(
              () ->
                  BarrierStage.run(
                      cluster.context(),
                      2,
                      context -> {
                        try (RingExchange ring = new RingExchange(context)) {
                          return reduced(ring, context.partitionId());
                        }
                      }));
      String expected = "[0.75, -2.0] [1.0] [30000, -3] [0.5, 4.0]";
      assertEquals(List.of(expected, expected), results);
    }
  }

  private static String reduced(RingExchange ring, int rank) {
    INDArray sum =
        Nd4j.createFromArray(rank == 0 ? new float[] {0.5f, 1} : new float[] {0.25f, -3});
    double[] sums = {rank};
    ring.sum(sum, sums);
    INDArray codes =
        Nd4j.createFromArray(rank == 0 ? new short[] {16_000, -1} : new short[] {14_000, -2});
    ring.sum(codes, new double[0]);
    INDArray max = Nd4j.createFromArray(rank == 0 ? new float[] {0.5f, 1} : new float[] {0, 4});
    ring.max(max);
    return Arrays.toString(sum.data().asFloat())
        + " "
        + Arrays.toString(sums)
        + " "
        + Arrays.toString(codes.data().asInt())
        + " "
        + Arrays.toString(max.data().asFloat());
  }
}
