package org.yuqiao.corpus.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

/**
 * BERT's masking (Devlin et al. 2019, section 3.1 and appendix A.1): 15 % of a sentence's tokens,
 * and at least one, are predicted from the others. Of those, 80 % are replaced by the mask, 10 % by
 * any token, and 10 % stay. {@code <unk>} is the mask: it stands for what is not known, and text
 * does not hold it where bytes are the fallback.
 *
 * @param vocabulary the number of tokens
 */
public record Masking(int vocabulary) {
  /** The token that hides others. */
  public static final int MASK = Tokenizer.UNK;

  private static final double CHOSEN = 0.15;
  private static final double MASKED = 0.8;
  private static final double REPLACED = 0.1;

  /** The first id that is no special token. */
  private static final int FIRST = Tokenizer.UNK + 1;

  /** Masks source sides, drawing from {@code random}. */
  public LabeledBatch of(List<Example> sentences, SplittableRandom random) {
    List<int[]> tokens = new ArrayList<>();
    List<int[]> labels = new ArrayList<>();
    for (Example sentence : sentences) {
      int length = sentence.source().length;
      int[] seen = Arrays.copyOf(sentence.source(), length + 1);
      int[] hidden = new int[length];
      Arrays.fill(hidden, LabeledBatch.NONE);
      for (int position : chosen(length, random)) {
        hidden[position] = seen[position];
        seen[position] = replaced(seen[position], random);
      }
      seen[length] = Tokenizer.EOS;
      tokens.add(seen);
      labels.add(hidden);
    }
    return LabeledBatch.of(tokens, labels);
  }

  /** Different positions, all equally probable. */
  private static int[] chosen(int length, SplittableRandom random) {
    int[] positions = new int[length];
    Arrays.setAll(positions, i -> i);
    int count = Math.min(length, Math.max(1, (int) Math.round(CHOSEN * length)));
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(length - i);
      int position = positions[other];
      positions[other] = positions[i];
      positions[i] = position;
    }
    return Arrays.copyOf(positions, count);
  }

  private int replaced(int token, SplittableRandom random) {
    double lot = random.nextDouble();
    if (lot < MASKED) {
      return MASK;
    }
    return lot < MASKED + REPLACED ? FIRST + random.nextInt(vocabulary - FIRST) : token;
  }
}
