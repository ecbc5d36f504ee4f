package org.yuqiao.embedding.word2vec;

import java.util.function.IntToDoubleFunction;

/**
 * Samples words by weight in constant time (Walker's alias method in Vose's form, 1991). Two
 * entries a word fit into the cache, unlike word2vec.c's table of 100 million.
 */
final class AliasTable {
  /**
   * The exponent of noise probabilities (Mikolov et al., "Distributed Representations ...", 2013,
   * 2.2).
   */
  static final double NOISE_POWER = 0.75;

  private final float[] own;
  private final int[] alias;

  /** A table over 0 to {@code size - 1} with the given weights. */
  AliasTable(int size, IntToDoubleFunction weight) {
    own = new float[size];
    alias = new int[size];
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weight.applyAsDouble(i);
    }
    double[] scaled = new double[size];
    int[] small = new int[size];
    int[] large = new int[size];
    int smalls = 0;
    int larges = 0;
    for (int i = 0; i < size; i++) {
      scaled[i] = weight.applyAsDouble(i) / total * size;
      if (scaled[i] < 1) {
        small[smalls++] = i;
      } else {
        large[larges++] = i;
      }
    }
    while (smalls > 0 && larges > 0) {
      int poor = small[--smalls];
      int rich = large[larges - 1];
      own[poor] = (float) scaled[poor];
      alias[poor] = rich;
      scaled[rich] -= 1 - scaled[poor];
      if (scaled[rich] < 1) {
        larges--;
        small[smalls++] = rich;
      }
    }
    while (larges > 0) {
      own[large[--larges]] = 1;
    }
    while (smalls > 0) {
      own[small[--smalls]] = 1; // only rounding left it below 1
    }
  }

  /** The noise distribution: probability proportional to the count to the power 3/4. */
  static AliasTable noise(WordCounts words) {
    return new AliasTable(words.size(), i -> Math.pow((double) words.count(i), NOISE_POWER));
  }

  /** Draws a word. */
  int draw(SplitMix random) {
    long bits = random.next();
    int i = (int) (((bits >>> 32) * own.length) >>> 32);
    float share = (bits & 0xffffff) * 0x1p-24f;
    return share < own[i] ? i : alias[i];
  }
}
