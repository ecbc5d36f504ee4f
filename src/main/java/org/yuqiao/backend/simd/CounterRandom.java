package org.yuqiao.backend.simd;

/**
 * Random numbers that are a function of a key and a counter, so that they need no state and can be
 * made in any order or many at a time (Salmon et al., "Parallel random numbers: as easy as 1, 2,
 * 3", 2011). The mixing steps are a xor-shift-multiply hash of 32 bits, whose constants make every
 * input bit flip about half of the output bits.
 */
public final class CounterRandom {
  public static final int STEP = 0x9E3779B9;
  public static final int FIRST = 0x7FEB352D;
  public static final int SECOND = 0x846CA68B;

  private CounterRandom() {}

  /** A hash of 32 bits in which every input bit matters to every output bit. */
  public static int mix(int x) {
    int h = x;
    h = (h ^ (h >>> 16)) * FIRST;
    h = (h ^ (h >>> 15)) * SECOND;
    return h ^ (h >>> 16);
  }

  /** The 32 random bits at {@code counter} of the stream {@code key}. */
  public static int at(int key, int counter) {
    return mix(counter * STEP + key);
  }
}
