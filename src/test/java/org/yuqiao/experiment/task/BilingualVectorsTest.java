package org.yuqiao.experiment.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.text.Language;

class BilingualVectorsTest {
  @Test
  void eachLanguageHasItsOwnVectorOfACommonToken() {
    BilingualVectors vectors =
        new BilingualVectors(
            new WordVectors(List.of("zh:2", "en:2", "en:two"), 2, new float[] {1, 2, 3, 4, 5, 6}));
    WordVectors english = vectors.of(Language.EN);
    assertEquals(List.of("2", "two"), english.words());
    assertArrayEquals(new float[] {3, 4, 5, 6}, english.values());
    assertArrayEquals(new float[] {1, 2}, vectors.of(Language.ZH).values());
  }
}
