package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.corpus.pair.Example;

class TextBlocksTest {
  private static final List<int[]> SENTENCES =
      List.of(new int[] {4, 5}, new int[] {}, new int[] {6}, new int[] {7, 8, 9, 10, 11, 12, 13});

  private static List<String> blocks(TextBlocks blocks) {
    List<String> all = new ArrayList<>();
    blocks.forEachRemaining(block -> all.add(Arrays.toString(block.target())));
    return all;
  }

  @Test
  void sentencesAreJoinedWholeWithTheirEndsAndLongOnesCut() {
    assertEquals(
        List.of("[4, 5, 2, 6]", "[7, 8, 9, 10, 11]", "[12, 13]"),
        blocks(TextBlocks.joined(SENTENCES.iterator(), 5)));
  }

  @Test
  void orEachStandsAlone() {
    assertEquals(
        List.of("[4, 5]", "[6]", "[7, 8, 9, 10, 11]", "[12, 13]"),
        blocks(TextBlocks.single(SENTENCES.iterator(), 5)));
  }

  @Test
  void theUnigramEntropyOfFourThingsEquallyFrequentIsTwoBits() {
    List<Example> texts =
        List.of(Example.ofText(new int[] {7, 8}), Example.ofText(new int[] {9, 9, 7, 8}));
    assertEquals(2 * Math.log(2), UnigramEntropy.of(texts.iterator(), 2), 1e-12);
    assertEquals(Math.log(3), UnigramEntropy.of(texts.iterator(), LabeledBatch.NONE), 1e-12);
  }

  @Test
  void aLanguageModelIsToTellTheNextTokenAndTheEnd() {
    LabeledBatch batch =
        LabeledBatch.nextTokens(
            List.of(Example.ofText(new int[] {7, 8}), Example.ofText(new int[] {9})));
    assertEquals("[1, 7, 8, 1, 9, 0]", Arrays.toString(batch.tokens()));
    assertEquals("[7, 8, 2, 9, 2, 0]", Arrays.toString(batch.labels()));
    assertEquals("[1.0, 1.0, 1.0, 1.0, 1.0, 0.0]", Arrays.toString(batch.mask()));
    assertEquals("[1.0, 1.0, 1.0, 1.0, 1.0, 0.0]", Arrays.toString(batch.labelMask()));
    assertEquals(5, batch.labelCount());
  }
}
