package org.yuqiao.corpus.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Tokenizer;

class MaskingTest {
  private static List<Example> sentences(int count, int length) {
    SplittableRandom random = new SplittableRandom(2);
    List<Example> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = random.ints(length, 4, 1000).toArray();
      sentences.add(Example.ofText(ids));
    }
    return sentences;
  }

  @Test
  void fifteenOfAHundredAreAskedForAndEightyTenTenOfThemMaskedReplacedLeft() {
    List<Example> sentences = sentences(500, 100);
    LabeledBatch batch = new Masking(1000).of(sentences, new SplittableRandom(1));
    assertEquals(500 * 15, batch.labelCount());
    assertEquals(500 * 101, batch.tokenCount());
    double masked = 0;
    double left = 0;
    for (int i = 0; i < batch.tokens().length; i++) {
      int original = i % 101 == 100 ? Tokenizer.EOS : sentences.get(i / 101).source()[i % 101];
      if (batch.labelMask()[i] == 1f) {
        assertEquals(original, batch.labels()[i]);
        masked += batch.tokens()[i] == Masking.MASK ? 1 : 0;
        left += batch.tokens()[i] == original ? 1 : 0;
      } else {
        assertEquals(original, batch.tokens()[i]);
      }
    }
    // Four standard deviations of 7,500 draws.
    assertEquals(0.8, masked / batch.labelCount(), 0.02);
    assertEquals(0.1, left / batch.labelCount(), 0.015);
  }

  @Test
  void aShortSentenceHasOneMaskAndItsEndNone() {
    for (int seed = 0; seed < 50; seed++) {
      LabeledBatch batch = new Masking(1000).of(sentences(1, 2), new SplittableRandom(seed));
      assertEquals(1, batch.labelCount());
      assertEquals(Tokenizer.EOS, batch.tokens()[2]);
      assertEquals(0, batch.labelMask()[2]);
    }
  }

  @Test
  void theSameSeedGivesTheSameMasksAndAnotherOthers() {
    List<Example> sentences = sentences(20, 30);
    int[] first = new Masking(1000).of(sentences, new SplittableRandom(1)).tokens();
    assertArrayEquals(first, new Masking(1000).of(sentences, new SplittableRandom(1)).tokens());
    int[] other = new Masking(1000).of(sentences, new SplittableRandom(2)).tokens();
    int different = 0;
    for (int i = 0; i < first.length; i++) {
      different += first[i] == other[i] ? 0 : 1;
    }
    assertTrue(different > 50, different + " tokens differ");
  }

  @Test
  void tokensAreReplacedByAnyTokenThatIsNotSpecial() {
    LabeledBatch batch = new Masking(6).of(sentences(50, 100), new SplittableRandom(1));
    boolean[] seen = new boolean[6];
    for (int i = 0; i < batch.tokens().length; i++) {
      if (batch.labelMask()[i] == 1f && batch.tokens()[i] != batch.labels()[i]) {
        seen[batch.tokens()[i]] = true;
      }
    }
    assertArrayEquals(new boolean[] {false, false, false, true, true, true}, seen);
  }
}
