package org.yuqiao.inference;

import java.util.List;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;
import org.yuqiao.text.SentenceBorders;

/** Cuts lines into pieces that a model can read, and joins their translations to lines again. */
final class LinePieces {
  /** A byte or a few make a token at most: longer text need not be encoded to see its length. */
  private static final int MAX_CHARACTERS_A_TOKEN = 8;

  /** What must not get into a line, though a model can write any byte. */
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private final LoadedModels models;
  private final int longest;
  private final SentenceBorders borders;

  /** Pieces of at most {@code longest} tokens. */
  LinePieces(LoadedModels models, int longest) {
    this.models = models;
    this.longest = longest;
    this.borders = new SentenceBorders(models.settings().source());
  }

  /**
   * A line of usual length is one piece, whatever it holds: models are trained on lines. A sentence
   * stays whole as long as the model can read it.
   */
  SentenceBorders.Cut of(String line) {
    int usual = Math.min(longest, models.settings().train().maxLength() / 2);
    return fits(line, usual)
        ? new SentenceBorders.Cut(List.of(line), List.of("", ""))
        : borders.cut(line, piece -> fits(piece, longest));
  }

  private boolean fits(String text, int most) {
    return text.length() <= MAX_CHARACTERS_A_TOKEN * most
        && models.encodeSource(text).length <= most;
  }

  /** The translations of the pieces with the gaps that were between them, on one line. */
  String joined(List<String> translations, List<String> gaps) {
    StringBuilder text = new StringBuilder(gaps.get(0));
    for (int i = 0; i < translations.size(); i++) {
      boolean last = i == translations.size() - 1;
      text.append(translations.get(i));
      text.append(last ? gaps.get(i + 1) : spacing(gaps.get(i + 1)));
    }
    return LINE_BREAKS.matcher(text).replaceAll(" ");
  }

  /** Chinese sentences follow each other without a space, English ones do not. */
  private String spacing(String gap) {
    return gap.isEmpty() && models.settings().target() == Language.EN ? " " : gap;
  }
}
