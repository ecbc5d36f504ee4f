package org.yuqiao.decode.heads;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.yuqiao.evaluate.alignment.WordLink;

/**
 * The keys of each {@link AttentionTarget} for every query of a sentence pair; none where the
 * target does not apply. Rows of {@code <bos>} and {@code <eos>} as queries are left out.
 *
 * @param first the first row of weights
 * @param queries the number of rows, one for each token
 * @param keys by target and query
 * @param visible the number of keys that each query sees
 */
record TargetKeys(int first, int queries, Map<AttentionTarget, BitSet[]> keys, int[] visible) {

  /** Self-attention of the encoder: tokens, then {@code <eos>}. */
  static TargetKeys encoder(boolean[] punctuation) {
    int n = punctuation.length;
    TargetKeys result = of(0, n);
    for (int t = 0; t < n; t++) {
      result.visible[t] = n + 1;
      result.set(AttentionTarget.SAME, t, t);
      if (t > 0) {
        result.set(AttentionTarget.PREVIOUS, t, t - 1);
      }
      if (t + 1 < n) {
        result.set(AttentionTarget.NEXT, t, t + 1);
      }
      if (!punctuation[t]) {
        result.set(AttentionTarget.SEPARATOR, t, n);
        result.setPunctuation(t, punctuation, 0, n);
      }
    }
    return result;
  }

  /** Causal self-attention of the decoder: {@code <bos>}, then tokens. */
  static TargetKeys decoder(boolean[] punctuation) {
    int n = punctuation.length;
    TargetKeys result = of(1, n);
    for (int t = 0; t < n; t++) {
      result.visible[t] = t + 2;
      result.set(AttentionTarget.SAME, t, t + 1);
      if (t > 0) {
        result.set(AttentionTarget.PREVIOUS, t, t);
      }
      if (!punctuation[t]) {
        result.set(AttentionTarget.SEPARATOR, t, 0);
        result.setPunctuation(t, punctuation, 1, t);
      }
    }
    return result;
  }

  /** Cross-attention: source tokens, then {@code <eos>}; a query predicts its target token. */
  static TargetKeys cross(
      boolean[] source,
      boolean[] target,
      TokenWords read,
      TokenWords written,
      Set<WordLink> links) {
    TargetKeys result = of(0, target.length);
    for (int t = 0; t < target.length; t++) {
      result.visible[t] = source.length + 1;
      if (!target[t]) {
        result.set(AttentionTarget.SEPARATOR, t, source.length);
        result.setPunctuation(t, source, 0, source.length);
      }
      for (WordLink link : links) {
        if (written.covers(link.target(), t)) {
          for (int s = 0; s < source.length; s++) {
            if (read.covers(link.source(), s)) {
              result.set(AttentionTarget.ALIGNED, t, s);
            }
          }
        }
      }
    }
    return result;
  }

  private static TargetKeys of(int first, int queries) {
    Map<AttentionTarget, BitSet[]> keys = new EnumMap<>(AttentionTarget.class);
    for (AttentionTarget target : AttentionTarget.values()) {
      BitSet[] rows = new BitSet[queries];
      for (int t = 0; t < queries; t++) {
        rows[t] = new BitSet();
      }
      keys.put(target, rows);
    }
    return new TargetKeys(first, queries, keys, new int[queries]);
  }

  private void set(AttentionTarget target, int query, int key) {
    keys.get(target)[query].set(key);
  }

  /** The punctuation among the first {@code count} tokens, the first being key {@code offset}. */
  private void setPunctuation(int query, boolean[] punctuation, int offset, int count) {
    for (int i = 0; i < count; i++) {
      if (punctuation[i]) {
        set(AttentionTarget.SEPARATOR, query, offset + i);
      }
    }
  }

  /** Equal weights of all keys that a query sees: attention without any preference. */
  float[][] uniform() {
    float[][] weights = new float[first + queries][];
    for (int t = 0; t < queries; t++) {
      weights[first + t] = new float[visible[t]];
      Arrays.fill(weights[first + t], 1f / visible[t]);
    }
    return weights;
  }
}
