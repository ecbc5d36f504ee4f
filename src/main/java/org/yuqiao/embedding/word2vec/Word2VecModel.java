package org.yuqiao.embedding.word2vec;

import org.yuqiao.backend.simd.SimdMath;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

/**
 * The input and output matrices of Word2Vec. The rows of the input matrix are the word vectors; the
 * output matrix has a row for each word or inner node of the tree. Both are shared by all threads.
 */
final class Word2VecModel {
  final WordCounts words;
  final OutputRows rows;
  final int dimension;
  final int stride;
  final float[] input;
  final float[] output;

  /** Initializes as word2vec.c: input uniform from -1/2D to 1/2D, output zero. */
  Word2VecModel(WordCounts words, Word2VecSettings settings) {
    this.words = words;
    this.rows =
        settings.hierarchicalSoftmax()
            ? new HuffmanTree(words)
            : new NegativeSampling(words, settings.negative());
    this.dimension = settings.dimension();
    this.stride = SimdMath.padded(dimension);
    this.input = matrix(words.size());
    this.output = matrix(rows.rows());
    SplitMix random = new SplitMix(settings.seed());
    for (int word = 0; word < words.size(); word++) {
      for (int d = 0; d < dimension; d++) {
        input[word * stride + d] = (random.unit() - 0.5f) / dimension;
      }
    }
  }

  private float[] matrix(int count) {
    long size = (long) count * stride;
    if (size > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          String.format(
              "%,d words of %d dimensions do not fit into one matrix; use a higher min-count or"
                  + " fewer dimensions",
              count, dimension));
    }
    try {
      return new float[(int) size];
    } catch (OutOfMemoryError e) {
      throw new InvalidInputException(
          String.format(
              "%,d words of %d dimensions do not fit into the Java heap; set YUQIAO_HEAP higher,"
                  + " min-count higher, or dim lower",
              count, dimension),
          e);
    }
  }

  /** A copy of the current word vectors. */
  WordVectors vectors() {
    float[] values = new float[words.size() * dimension];
    for (int word = 0; word < words.size(); word++) {
      System.arraycopy(input, word * stride, values, word * dimension, dimension);
    }
    return new WordVectors(words.words(), dimension, values);
  }
}
