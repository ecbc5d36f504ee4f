package org.yuqiao.text.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yuqiao.RandomText;
import org.yuqiao.text.Language;

class TextNormalizerPropertiesTest {
  @Provide
  Arbitrary<String> texts() {
    return RandomText.unicode();
  }

  @Property(seed = "2026", tries = 2000)
  void normalizingTwiceChangesNothingMore(
      @ForAll("texts") String text, @ForAll Language language, @ForAll boolean simplify) {
    TextNormalizer normalizer = TextNormalizer.of(language, simplify);
    String once = normalizer.apply(text);
    assertEquals(once, normalizer.apply(once));
  }

  @Property(seed = "2026", tries = 500)
  void eachStepIsIdempotent(@ForAll("texts") String text, @ForAll Language language) {
    for (TextStep step : TextNormalizer.of(language, true).steps()) {
      String once = step.apply(text);
      assertEquals(once, step.apply(once), step.name());
    }
  }

  @Property(seed = "2026", tries = 500)
  void normalizedTextHasNoControlCharactersAndNoOuterSpaces(
      @ForAll("texts") String text, @ForAll Language language) {
    String normalized = TextNormalizer.of(language, true).apply(text);
    assertEquals(normalized.strip(), normalized);
    assertFalse(normalized.codePoints().anyMatch(Character::isISOControl));
  }
}
