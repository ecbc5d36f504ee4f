package org.yuqiao.embedding.word2vec;

import java.util.List;

/** The words of a text and their counts, in descending order of count. */
public final class WordCounts {
  private final List<String> words;
  private final long[] counts;
  private final long total;

  WordCounts(List<String> words, long[] counts) {
    this.words = List.copyOf(words);
    this.counts = counts.clone();
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    this.total = sum;
  }

  /** The number of distinct words. */
  public int size() {
    return words.size();
  }

  /** All words in order. */
  public List<String> words() {
    return words;
  }

  /** The count of word {@code i}. */
  public long count(int i) {
    return counts[i];
  }

  /** The sum of all counts. */
  public long total() {
    return total;
  }

  /**
   * The probability of keeping each word in subsampling, as in word2vec.c: sqrt(s / f) + s / f for
   * a word of frequency f and a threshold s (the paper, 2.3, has only sqrt(s / f)).
   *
   * @param sample the threshold; 0 keeps everything
   */
  float[] keepProbabilities(double sample) {
    float[] keep = new float[size()];
    for (int i = 0; i < keep.length; i++) {
      double ratio = sample * total / counts[i];
      keep[i] = sample == 0 ? 1f : (float) Math.min(1, Math.sqrt(ratio) + ratio);
    }
    return keep;
  }
}
