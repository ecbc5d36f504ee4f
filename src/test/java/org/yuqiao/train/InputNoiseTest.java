package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;

class InputNoiseTest {
  private static final String CHINESE = "我们明天去北京。";
  private static final String ENGLISH = "We are going to Beijing tomorrow.";

  private final Tokenizer chinese = learn(CHINESE);
  private final Tokenizer english = learn(ENGLISH);
  private final List<Example> pairs =
      List.of(new Example(chinese.encode(CHINESE), english.encode(ENGLISH)));

  private static Tokenizer learn(String text) {
    return new TokenizerLearner(new SubwordSettings(400, Segmentation.NONE, Fallback.BYTE, 2), true)
        .learn(Stream.of(text, text));
  }

  private InputNoise noise(double subwordDropout, double wordDropout, int maxLength) {
    return new InputNoise(chinese, english, subwordDropout, wordDropout, maxLength);
  }

  @Test
  void pairsAreCutAnewIntoMoreTokensOfTheSameText() {
    Example noisy = noise(0.5, 0, 100).resegment(pairs, new SplittableRandom(1)).get(0);
    assertTrue(noisy.source().length > pairs.get(0).source().length);
    assertTrue(noisy.target().length > pairs.get(0).target().length);
    assertEquals(CHINESE, chinese.decode(noisy.source()));
    assertEquals(ENGLISH, english.decode(noisy.target()));
  }

  @Test
  void aSideThatWouldBecomeTooLongStaysAsItIs() {
    // The Chinese side has ten characters at most, the English one far more.
    Example noisy = noise(0.9, 0, 12).resegment(pairs, new SplittableRandom(1)).get(0);
    assertSame(pairs.get(0).target(), noisy.target());
    assertNotSame(pairs.get(0).source(), noisy.source());
  }

  @Test
  void droppedTokensAreUnknownInTheShareAskedForAndSpecialOnesStay() {
    int[] ids = new int[10_000];
    Arrays.fill(ids, 77);
    for (int i = 0; i < 100; i++) {
      ids[i] = i % 3;
    }
    int[] noisy = noise(0, 0.2, 100).drop(ids, new SplittableRandom(5));
    assertArrayEquals(Arrays.copyOf(ids, 100), Arrays.copyOf(noisy, 100));
    long unknown = Arrays.stream(noisy).filter(id -> id == Tokenizer.UNK).count();
    assertEquals(0.2 * 9_900, (double) unknown, 4 * Math.sqrt(9_900 * 0.2 * 0.8));
    assertEquals(77, ids[5_000]);
  }
}
