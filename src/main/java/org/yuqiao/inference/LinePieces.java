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

  /**
   * A piece of a line.
   *
   * @param text normalized
   * @param ids tokens of the text
   */
  record Piece(String text, int[] ids) {}

  /**
   * A line in pieces.
   *
   * @param gaps the white space before, between and after the pieces: one more than pieces
   */
  record Cut(List<Piece> pieces, List<String> gaps) {}

  /** Cuts {@code line}. A sentence stays whole if the model can read it. */
  Cut cut(String line, LineSplitting splitting) {
    Map<String, Piece> encoded = new HashMap<>();
    boolean whole = splitting == LineSplitting.WHOLE_LINES || !borders.mayPart(line);
    if (whole && fits(line, wholeLine, encoded)) {
      return new Cut(List.of(encoded.get(line)), List.of("", ""));
    }
    SentenceBorders.Cut cut = borders.cut(line, text -> fits(text.strip(), longest, encoded));
    return new Cut(
        cut.pieces().stream()
            .map(text -> Optional.ofNullable(encoded.get(text)).orElseGet(() -> encode(text)))
            .toList(),
        cut.gaps());
  }

  private boolean fits(String text, int maxTokens, Map<String, Piece> encoded) {
    return text.length() <= MAX_CHARACTERS_PER_TOKEN * maxTokens
        && encoded.computeIfAbsent(text, this::encode).ids().length <= maxTokens;
  }

  /** The whole of {@code text} as one piece. */
  Piece encode(String text) {
    String normalized = models.sourceNormalizer().apply(text);
    return new Piece(normalized, models.source().encode(normalized));
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
