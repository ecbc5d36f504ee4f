package org.yuqiao.decode.logits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class PlaceholderTokensTest {
  private static final float NO = LogitsProcessor.MASKED;

  /** Tokens 5, 6 and 7 are placeholders; the source has 5 and 6. */
  private static float[] after(int maxLength, float end, int... tokens) {
    float[] logits = {1, 1, end, 1, 2, 3, 4, 5};
    new PlaceholderTokens(new int[] {5, 6, 7}, 2)
        .processor(maxLength)
        .apply(tokens, tokens.length, logits);
    return logits;
  }

  @Test
  void aPlaceholderIsProducedOnceAndOneThatTheSourceLacksNever() {
    assertArrayEquals(new float[] {1, 1, NO, 1, 2, 3, 4, NO}, after(9, 0));
    assertArrayEquals(new float[] {1, 1, NO, 1, 2, NO, 4, NO}, after(9, 0, 5));
    assertArrayEquals(new float[] {1, 1, 9, 1, 2, NO, NO, NO}, after(9, 9, 6, 4, 5));
  }

  @Test
  void theMissingOnesComeBeforeTheEnd() {
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, 3, 4, NO}, after(9, 9));
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, NO, 4, NO}, after(9, 9, 4, 5));
  }

  @Test
  void theEndIsTheMaxAlsoWhereAnUnwantedPlaceholderIsMoreProbable() {
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, 3, 4, NO}, after(9, 4.5f));
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, 3, NO, NO}, after(9, 3.5f, 6));
  }

  @Test
  void theLastTokensAreKeptForTheMissingOnes() {
    assertArrayEquals(new float[] {1, 1, NO, 1, 2, 3, 4, NO}, after(4, 0, 4));
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, 3, 4, NO}, after(4, 0, 4, 4));
    assertArrayEquals(new float[] {NO, NO, NO, NO, NO, NO, 4, NO}, after(4, 0, 4, 4, 5));
  }
}
