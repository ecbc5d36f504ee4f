package org.yuqiao.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * P-values of several tests made at once, raised so that the chance of a single false alarm among
 * all of them stays what it says (Holm 1979).
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /** The adjusted values, in the order of the given ones. */
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
