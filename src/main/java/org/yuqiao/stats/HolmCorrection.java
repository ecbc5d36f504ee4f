package org.yuqiao.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction of the p-values of several tests (Holm 1979), which bounds the family-wise
 * error rate.
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /** The adjusted p-values, in the order of {@code pValues}. */
  public static List<Double> adjust(List<Double> pValues) {
    int n = pValues.size();
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[n];
    double max = 0;
    for (int rank = 0; rank < n; rank++) {
      max = Math.max(max, Math.min(1, (n - rank) * pValues.get(ascending[rank])));
      adjusted[ascending[rank]] = max;
    }
    return Arrays.stream(adjusted).boxed().toList();
  }
}
