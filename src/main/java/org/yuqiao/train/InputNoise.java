package org.yuqiao.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

/**
 * Noise on the tokens of translation training, drawn anew each time a pair is seen: BPE-dropout
 * (Provilkov et al. 2020) and word dropout (Sennrich and Zhang 2019, section 3.2). With a
 * probability of 0 tokens stay as they are.
 *
 * @param source the tokenizer of the source side
 * @param target the tokenizer of the target side
 * @param subwordDropout the probability that a merge of byte pair encoding is skipped
 * @param wordDropout the probability that a token read becomes {@code <unk>}
 * @param maxLength a side that would have more tokens is left as it is
 */
public record InputNoise(
    Tokenizer source, Tokenizer target, double subwordDropout, double wordDropout, int maxLength) {

  /** The pairs cut into subwords anew; without BPE-dropout unchanged. */
  List<Example> resegment(List<Example> pairs, SplittableRandom random) {
    if (subwordDropout == 0) {
      return pairs;
    }
    List<Example> result = new ArrayList<>();
    for (Example pair : pairs) {
      result.add(
          new Example(
              resegment(source, pair.source(), random), resegment(target, pair.target(), random)));
    }
    return result;
  }

  private int[] resegment(Tokenizer tokenizer, int[] ids, SplittableRandom random) {
    int[] noisy = tokenizer.encode(tokenizer.decode(ids), subwordDropout, random);
    return noisy.length <= maxLength ? noisy : ids;
  }

  /** Ids as they are read, some of them {@code <unk>}; special tokens stay. */
  int[] drop(int[] ids, SplittableRandom random) {
    if (wordDropout == 0) {
      return ids;
    }
    int[] result = ids.clone();
    for (int i = 0; i < result.length; i++) {
      if (result[i] > Tokenizer.UNK && random.nextDouble() < wordDropout) {
        result[i] = Tokenizer.UNK;
      }
    }
    return result;
  }
}
