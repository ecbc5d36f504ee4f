package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

class LabeledBatchTest {
  private static final int BOS = Tokenizer.BOS;
  private static final int EOS = Tokenizer.EOS;
  private static final List<Example> TWO =
      List.of(
          new Example(new int[] {10, 11, 12}, new int[] {20, 21, 22}),
          new Example(new int[] {13}, new int[] {23}));

  @Test
  void aLanguageModelPredictsEachNextToken() {
    LabeledBatch batch = LabeledBatch.nextTokens(TWO);
    assertEquals(2, batch.sentences());
    assertEquals(4, batch.length());
    assertArrayEquals(new int[] {BOS, 20, 21, 22, BOS, 23, 0, 0}, batch.tokens());
    assertArrayEquals(new int[] {20, 21, 22, EOS, 23, EOS, 0, 0}, batch.labels());
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 0, 0}, batch.mask());
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 0, 0}, batch.labelMask());
    assertEquals(6, batch.tokenCount());
    assertEquals(6, batch.labelCount());
  }

  @Test
  void aTaggerLabelsTheTokensButNotTheEnd() {
    List<Example> tagged =
        List.of(
            new Example(new int[] {10, 11, 12}, new int[] {0, LabeledBatch.NONE, 2}),
            new Example(new int[] {13}, new int[] {1}));
    LabeledBatch batch = LabeledBatch.tokenLabels(tagged);
    assertArrayEquals(new int[] {10, 11, 12, EOS, 13, EOS, 0, 0}, batch.tokens());
    assertArrayEquals(new int[] {0, 0, 2, 0, 1, 0, 0, 0}, batch.labels());
    assertArrayEquals(new float[] {1, 0, 1, 0, 1, 0, 0, 0}, batch.labelMask());
    assertEquals(6, batch.tokenCount());
    assertEquals(3, batch.labelCount());
  }

  @Test
  void aClassifierLabelsTheEndAlone() {
    LabeledBatch batch = LabeledBatch.sentenceLabels(TWO);
    assertArrayEquals(new int[] {10, 11, 12, EOS, 13, EOS, 0, 0}, batch.tokens());
    assertArrayEquals(new float[] {0, 0, 0, 1, 0, 1, 0, 0}, batch.labelMask());
    assertArrayEquals(new int[] {0, 0, 0, 20, 0, 23, 0, 0}, batch.labels());
    assertEquals(2, batch.labelCount());
  }
}
