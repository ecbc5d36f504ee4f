package org.yuqiao.backend.simd;

/**
 * Random bits as a function of a key and a counter: without state, in any order, many at a time
 * (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). The hash is a 32-bit
 * xor-shift-multiply in which each input bit flips about half of the output bits.
 */
public final class CounterRandom {
  /** The distance of successive counters: 2^32 over the golden ratio. */
  public static final int STEP = 0x9E3779B9;

  public static final int MULTIPLIER_1 = 0x7FEB352D;
  public static final int MULTIPLIER_2 = 0x846CA68B;

  private CounterRandom() {}

  /** The hash of {@code x}. */
  public static int mix(int x) {
    int h = x;
    h = (h ^ (h >>> 16)) * MULTIPLIER_1;
    h = (h ^ (h >>> 15)) * MULTIPLIER_2;
    return h ^ (h >>> 16);
  }

  /** The 32 random bits at {@code counter} of the stream {@code key}. */
  public static int at(int key, int counter) {
    return mix(counter * STEP + key);
  }
}
