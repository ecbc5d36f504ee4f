package org.yuqiao.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.text.Language;
import org.yuqiao.text.SentenceBorders;

/**
 * Cuts lines into pieces that a model can read, encodes each once, and joins their translations.
 */
final class LinePieces {
  /** A token has a few characters at most: longer text is too long without encoding it. */
  private static final int MAX_CHARACTERS_PER_TOKEN = 8;

  /** A model can output any byte, but a translation stays on one line. */
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private final LoadedModels models;
  private final int longest;
  private final int wholeLine;
  private final SentenceBorders borders;

  LinePieces(LoadedModels models) {
    this.models = models;
    this.longest = models.longest();
    this.wholeLine = Math.min(longest, models.settings().train().maxLength() / 2);
    this.borders = new SentenceBorders(models.settings().source());
  }

  /** Cuts {@code line}. A sentence stays whole if the model can read it. */
  SplitLine cut(String line, LineSplitting splitting) {
    Map<String, SplitLine.Sentence> encoded = new HashMap<>();
    boolean whole = splitting == LineSplitting.WHOLE_LINES || !borders.mayPart(line);
    if (whole && fits(line, wholeLine, encoded)) {
      return new SplitLine(List.of(encoded.get(line)), List.of("", ""));
    }
    SentenceBorders.Cut cut = borders.cut(line, text -> fits(text.strip(), longest, encoded));
    return new SplitLine(
        cut.pieces().stream()
            .map(text -> Optional.ofNullable(encoded.get(text)).orElseGet(() -> encode(text)))
            .toList(),
        cut.gaps());
  }

  private boolean fits(String text, int maxTokens, Map<String, SplitLine.Sentence> encoded) {
    return text.length() <= MAX_CHARACTERS_PER_TOKEN * maxTokens
        && encoded.computeIfAbsent(text, this::encode).ids().length <= maxTokens;
  }

  /** The whole of {@code text} as one piece. */
  SplitLine.Sentence encode(String text) {
    String normalized = models.sourceNormalizer().apply(text);
    return new SplitLine.Sentence(text, normalized, models.source().encode(normalized));
  }

  /** The translations of the pieces with the gaps between them, on one line. */
  String joined(List<String> translations, List<String> gaps) {
    StringBuilder text = new StringBuilder(gaps.get(0));
    for (int i = 0; i < translations.size(); i++) {
      boolean last = i == translations.size() - 1;
      text.append(translations.get(i));
      text.append(last ? gaps.get(i + 1) : spacing(gaps.get(i + 1)));
    }
    return LINE_BREAKS.matcher(text).replaceAll(" ");
  }

  /** English sentences need a space between them, Chinese ones don't. */
  private String spacing(String gap) {
    return gap.isEmpty() && models.settings().target() == Language.EN ? " " : gap;
  }
}
