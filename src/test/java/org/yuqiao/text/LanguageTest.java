package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yuqiao.files.InvalidInputException;

class LanguageTest {
  @Test
  void aLanguageIsFoundByItsCode() {
    for (Language language : Language.values()) {
      assertEquals(language, Language.of(language.code()));
    }
    assertEquals("zh", Language.ZH.code());
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> Language.of("ZH"));
    assertEquals("unknown language 'ZH'; expected zh or en", refusal.getMessage());
  }

  @Test
  void aLanguageHasANameAndAnOther() {
    assertEquals("Chinese", Language.ZH.englishName());
    assertEquals("English", Language.EN.englishName());
    assertEquals(Language.EN, Language.ZH.other());
    assertEquals(Language.ZH, Language.EN.other());
  }

  @Test
  void keysOfSettingsAreInLowerCase() {
    assertEquals(
        List.of("none", "character", "word"),
        Arrays.stream(Segmentation.values()).map(Segmentation::key).toList());
    for (WordSegmenter.Kind kind : WordSegmenter.Kind.values()) {
      assertEquals(kind, WordSegmenter.Kind.of(kind.key()));
    }
    assertEquals(
        "unknown segmentation 'words'; expected whitespace, word or character",
        assertThrows(InvalidInputException.class, () -> WordSegmenter.Kind.of("words"))
            .getMessage());
  }

  @Test
  void sizesOfVocabulariesHaveLimits() {
    for (int size : new int[] {300, 10_000_000}) {
      assertEquals(
          size, new SubwordSettings(size, Segmentation.NONE, Fallback.BYTE, 1).vocabularySize());
    }
    for (int size : new int[] {299, 10_000_001}) {
      assertEquals(
          "subwords.vocabularySize must be from 300 to 10000000, not " + size,
          assertThrows(
                  InvalidInputException.class,
                  () -> new SubwordSettings(size, Segmentation.NONE, Fallback.BYTE, 1))
              .getMessage());
    }
    assertEquals(
        "subwords.minFrequency must be at least 1, not 0",
        assertThrows(
                InvalidInputException.class,
                () -> new SubwordSettings(300, Segmentation.NONE, Fallback.BYTE, 0))
            .getMessage());
  }
}
