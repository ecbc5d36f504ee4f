package org.yuqiao.embedding.word2vec;

/**
 * A fast random number generator for one thread (SplitMix64: Steele et al., "Fast Splittable
 * Pseudorandom Number Generators", 2014, figure 16).
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  /** Restarts from {@code seed} and the index {@code stream} of a piece. */
  void restart(long seed, long stream) {
    state = mixed(seed * GOLDEN_GAMMA + mixed(stream + GOLDEN_GAMMA));
  }

  /** 64 random bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  /** An integer from 0 to {@code bound - 1}. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A number in [0, 1). */
  float unit() {
    return (next() >>> 40) * 0x1p-24f;
  }

  private static long mixed(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
