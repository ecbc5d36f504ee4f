package org.yuqiao.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslationSpeedTest {
  private static TranslationSpeed.Result result(double seconds, List<int[]> translations) {
    return new TranslationSpeed.Result(1, 0, 2, 8, seconds, seconds, translations, Map.of());
  }

  @Test
  void theSpeedUpIsTheMedianOfTheRoundsWithItsQuartiles() {
    TranslationSpeed.Result first = result(2, List.of(new int[] {5, 6}, new int[] {7}));
    TranslationSpeed.Result second = result(1, List.of(new int[] {5, 6}, new int[] {8}));
    double[] speedUps = {4, 1, 3, 2, 5};
    TranslationSpeed.Comparison compared = TranslationSpeed.Comparison.of(first, second, speedUps);
    assertEquals(3, compared.speedUp());
    assertEquals(2, compared.lowerQuartile());
    assertEquals(4, compared.upperQuartile());
    assertEquals(1, compared.sameTranslations());
    assertEquals(2, second.sentencesPerSecond());
    assertEquals(4, first.tokensPerSecond());
  }
}
