package org.yuqiao.embedding.word2vec;

/** The sigmoid 1 / (1 + e^-x) from a table with linear interpolation. */
final class Sigmoid {
  private static final int LIMIT = 8;
  private static final int STEPS = 128;
  private static final float[] TABLE = table();

  private Sigmoid() {}

  private static float[] table() {
    float[] table = new float[2 * LIMIT * STEPS + 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) (1 / (1 + Math.exp(LIMIT - i / (double) STEPS)));
    }
    return table;
  }

  /** The sigmoid with an error below 1e-6 between -8 and 8; 0 or 1 outside. */
  static float of(float x) {
    if (x >= LIMIT) {
      return 1;
    }
    if (!(x > -LIMIT)) {
      return 0;
    }
    float place = (x + LIMIT) * STEPS;
    int i = (int) place;
    float rest = place - i;
    return TABLE[i] + rest * (TABLE[i + 1] - TABLE[i]);
  }
}
