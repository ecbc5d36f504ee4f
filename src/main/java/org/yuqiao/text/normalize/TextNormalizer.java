package org.yuqiao.text.normalize;

import java.util.ArrayList;
import java.util.List;
import org.yuqiao.text.Language;

/** The normalization of one language: all steps in order. */
public final class TextNormalizer {
  /** Leaves text as it is, for tokenizers that normalize themselves. */
  public static final TextNormalizer NONE = new TextNormalizer(List.of());

  private final List<TextStep> steps;

  private TextNormalizer(List<TextStep> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * The steps for a language.
   *
   * @param simplify whether traditional Chinese is converted to simplified
   */
  public static TextNormalizer of(Language language, boolean simplify) {
    List<TextStep> steps = new ArrayList<>();
    steps.add(new ControlCharacters());
    steps.add(new UnicodeNfkc(language));
    steps.add(new CharacterWidth(language));
    if (simplify && language == Language.ZH) {
      steps.add(new TraditionalToSimplified());
    }
    steps.add(new WhitespaceRuns(language));
    return new TextNormalizer(steps);
  }

  /** The steps in order. */
  public List<TextStep> steps() {
    return steps;
  }

  /** The sentence after all steps. */
  public String apply(String sentence) {
    String result = sentence;
    for (TextStep step : steps) {
      result = step.apply(result);
    }
    return result;
  }
}
