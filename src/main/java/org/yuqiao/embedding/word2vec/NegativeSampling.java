package org.yuqiao.embedding.word2vec;

/**
 * Negative sampling: the predicted word against {@code k} noise words ("Distributed Representations
 * of Words and Phrases", 2013, 2.2, equation 4). Draws of the predicted word itself are skipped, as
 * in word2vec.c.
 */
final class NegativeSampling implements OutputRows {
  private final AliasTable noise;
  private final int rows;
  private final int k;

  NegativeSampling(WordCounts words, int k) {
    this.noise = AliasTable.noise(words);
    this.rows = words.size();
    this.k = k;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int maxTargets() {
    return k + 1;
  }

  @Override
  public void fill(int word, int stride, SplitMix random, Targets targets) {
    targets.clear();
    targets.add(word * stride, 1);
    for (int i = 0; i < k; i++) {
      int other = noise.draw(random);
      if (other != word) {
        targets.add(other * stride, 0);
      }
    }
  }
}
