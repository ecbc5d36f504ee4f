package org.yuqiao.decode.heads;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Sums of a {@link HeadProfile} over sentences. */
final class ProfileSums {
  private final Map<AttentionTarget, TargetSums> targets = new EnumMap<>(AttentionTarget.class);
  private double entropy;
  private long queries;

  /** The sums of one target over the queries to which it applies. */
  private static final class TargetSums {
    private double weight;
    private long peaks;
    private long count;
  }

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
        TargetSums sums = targets.computeIfAbsent(target, unseen -> new TargetSums());
        sums.count++;
        sums.weight += wanted.stream().mapToDouble(s -> row[s]).sum() / total;
        sums.peaks += wanted.get(peak) ? 1 : 0;
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
    Map<AttentionTarget, Double> peaks = new EnumMap<>(AttentionTarget.class);
    targets.forEach(
        (target, sums) -> {
          shares.put(target, sums.weight / sums.count);
          peaks.put(target, (double) sums.peaks / sums.count);
        });
    return new HeadProfile(shares, peaks, queries == 0 ? 0 : entropy / queries);
  }
}
