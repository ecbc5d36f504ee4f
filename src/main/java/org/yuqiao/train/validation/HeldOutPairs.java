package org.yuqiao.train.validation;

import java.util.List;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * Validation pairs of a translation model, with their text.
 *
 * @param examples the pairs as ids
 * @param text the same pairs as plain text
 * @param translated the number of pairs, from the first, that are translated
 * @param tokenizer of the target side
 * @param language of the target side
 */
public record HeldOutPairs(
    List<Example> examples,
    List<SentencePair> text,
    int translated,
    Tokenizer tokenizer,
    Language language) {
  /** Translates at most all pairs. */
  public HeldOutPairs {
    translated = Math.min(translated, examples.size());
  }

  /** The source side of a pair. */
  String source(int pair) {
    return text.get(pair).side(language.other());
  }

  /** The target side of a pair. */
  String reference(int pair) {
    return text.get(pair).side(language);
  }
}
