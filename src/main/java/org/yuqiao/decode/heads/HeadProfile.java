package org.yuqiao.decode.heads;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Where the attention of a head goes: means over all tokens of all sentences.
 *
 * @param shares of attention from 0 to 1, by the keys that the kind of attention can have; they may
 *     overlap
 * @param peaks the share of queries, from 0 to 1, whose highest weight is on such a key
 * @param entropy of the weights of a query, in nats
 */
public record HeadProfile(
    Map<AttentionTarget, Double> shares, Map<AttentionTarget, Double> peaks, double entropy) {
  /** Voita et al. 2019, section 5.1, ask for 0.9 of positional heads. */
  private static final double TYPE_SHARE = 0.5;

  /** The target at which at least half of the queries look most, the commonest if there are two. */
  public Optional<AttentionTarget> type() {
    return peaks.entrySet().stream()
        .filter(share -> share.getValue() >= TYPE_SHARE)
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
