package org.yuqiao.decode.heads;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Sums of a {@link HeadProfile} over sentences. */
final class ProfileSums {
  private final double[] sums = new double[AttentionTarget.values().length];
  private final long[] peaks = new long[sums.length];
  private final long[] counts = new long[sums.length];
  private double entropy;
  private long queries;

  /**
   * Adds a sentence.
   *
   * @param weights {@code [T][S]}; a row that does not sum to 1 is divided by its sum, a row of
   *     zeros left out
   */
  void add(float[][] weights, TargetKeys keys) {
    for (int t = 0; t < keys.queries(); t++) {
      float[] row = weights[keys.first() + t];
      double total = 0;
      for (float weight : row) {
        total += weight;
      }
      if (total > 0) {
        addRow(row, total, keys, t);
      }
    }
  }

  private void addRow(float[] row, double total, TargetKeys keys, int t) {
    queries++;
    for (float weight : row) {
      double p = weight / total;
      entropy -= p > 0 ? p * Math.log(p) : 0;
    }
    int peak = peak(row);
    for (AttentionTarget target : AttentionTarget.values()) {
      BitSet wanted = keys.keys().get(target)[t];
      if (!wanted.isEmpty()) {
        counts[target.ordinal()]++;
        sums[target.ordinal()] += wanted.stream().mapToDouble(s -> row[s]).sum() / total;
        peaks[target.ordinal()] += wanted.get(peak) ? 1 : 0;
      }
    }
  }

  /** The key with the highest weight, the first of several. */
  private static int peak(float[] row) {
    int peak = 0;
    for (int s = 1; s < row.length; s++) {
      if (row[s] > row[peak]) {
        peak = s;
      }
    }
    return peak;
  }

  HeadProfile profile() {
    Map<AttentionTarget, Double> shares = new EnumMap<>(AttentionTarget.class);
    Map<AttentionTarget, Double> most = new EnumMap<>(AttentionTarget.class);
    for (AttentionTarget target : AttentionTarget.values()) {
      int i = target.ordinal();
      if (counts[i] > 0) {
        shares.put(target, sums[i] / counts[i]);
        most.put(target, (double) peaks[i] / counts[i]);
      }
    }
    return new HeadProfile(shares, most, queries == 0 ? 0 : entropy / queries);
  }
}
