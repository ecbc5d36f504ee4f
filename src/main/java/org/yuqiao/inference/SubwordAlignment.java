package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.corpus.batch.LabeledBatch;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.normalize.TextNormalizer;

/**
 * Splits labeled tokens into subwords: the first subword of a token carries its label (Devlin et
 * al. 2019, section 5.3). A sentence too long for a model is cut between tokens.
 */
public record SubwordAlignment(Tokenizer tokenizer, TextNormalizer normalizer, int maxTokens) {
  /**
   * A sentence, or a part of one.
   *
   * @param ids of the subwords
   * @param starts the index of each token's first subword
   */
  public record Piece(int[] ids, int[] starts) {
    /** A training example of the piece with its tokens' labels. */
    public Example labeled(List<Integer> labels) {
      int[] target = new int[ids.length];
      Arrays.fill(target, LabeledBatch.NONE);
      for (int i = 0; i < starts.length; i++) {
        target[starts[i]] = labels.get(i);
      }
      return new Example(ids, target);
    }
  }

  /** The pieces of a sentence, in order, which together hold all tokens. */
  public List<Piece> pieces(List<String> tokens) {
    List<Piece> pieces = new ArrayList<>();
    List<int[]> subwords = new ArrayList<>();
    int length = 0;
    for (String token : tokens) {
      int[] ids = encode(token);
      if (length + ids.length > maxTokens && length > 0) {
        pieces.add(piece(subwords));
        subwords.clear();
        length = 0;
      }
      subwords.add(ids);
      length += ids.length;
    }
    if (!subwords.isEmpty()) {
      pieces.add(piece(subwords));
    }
    return pieces;
  }

  /** At least one subword for each token, at most {@code maxTokens}. */
  private int[] encode(String token) {
    int[] ids = tokenizer.encode(normalizer.apply(token));
    return ids.length == 0
        ? new int[] {Tokenizer.UNK}
        : Arrays.copyOf(ids, Math.min(maxTokens, ids.length));
  }

  private static Piece piece(List<int[]> subwords) {
    int[] starts = new int[subwords.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + subwords.get(i - 1).length;
    }
    return new Piece(subwords.stream().flatMapToInt(IntStream::of).toArray(), starts);
  }
}
