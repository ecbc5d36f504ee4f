package org.yuqiao.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;
import org.yuqiao.text.SentenceBorders;
import org.yuqiao.text.protect.ProtectedSpan;
import org.yuqiao.text.protect.ProtectedText;
import org.yuqiao.text.protect.ReadSpans;

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
   * Cuts a line whose protected spans are replaced by placeholders, but for those that are read.
   *
   * @throws InvalidInputException when the model has none
   */
  SplitLine cutProtected(String line, LineSplitting splitting) {
    models.requirePlaceholders();
    ProtectedText text = ProtectedText.of(line, models.settings().source());
    SplitLine cut = cut(text.template(), splitting, true);
    List<SplitLine.Sentence> sentences = new ArrayList<>();
    int next = 0;
    for (SplitLine.Sentence sentence : cut.sentences()) {
      int count = ProtectedText.count(sentence.source());
      sentences.add(withReadSpans(sentence, text.spans().subList(next, next + count)));
      next += count;
    }
    return new SplitLine(sentences, cut.gaps());
  }

  /** A sentence, whose source is a template, with the spans that are read in the text. */
  private SplitLine.Sentence withReadSpans(SplitLine.Sentence template, List<ProtectedSpan> spans) {
    SplitLine.Sentence otherwise = template.with(spans);
    List<ProtectedSpan> read = ReadSpans.in(spans);
    if (read.isEmpty() || otherwise.isCopied()) {
      return otherwise;
    }
    SplitLine.Sentence shown = encode(ReadSpans.shown(template.source(), spans), true);
    return shown.ids().length > longest
        ? otherwise
        : new SplitLine.Sentence(
            otherwise.source(),
            shown.text(),
            shown.ids(),
            ReadSpans.without(spans),
            Optional.of(new SplitLine.Read(read, otherwise)));
  }

  /** Cuts {@code line}. A sentence stays whole if the model can read it. */
  SplitLine cut(String line, LineSplitting splitting) {
    return cut(line, splitting, false);
  }

  /**
   * Cuts a line.
   *
   * @param template whether stand-ins in it are for protected spans
   */
  private SplitLine cut(String line, LineSplitting splitting, boolean template) {
    Map<String, SplitLine.Sentence> encoded = new HashMap<>();
    boolean whole = splitting == LineSplitting.WHOLE_LINES || !borders.mayPart(line);
    if (whole && fits(line, wholeLine, encoded, template)) {
      return new SplitLine(List.of(encoded.get(line)), List.of("", ""));
    }
    SentenceBorders.Cut cut =
        borders.cut(line, text -> fits(text.strip(), longest, encoded, template));
    return new SplitLine(
        cut.pieces().stream()
            .map(
                text ->
                    Optional.ofNullable(encoded.get(text)).orElseGet(() -> encode(text, template)))
            .toList(),
        cut.gaps());
  }

  private boolean fits(
      String text, int maxTokens, Map<String, SplitLine.Sentence> encoded, boolean template) {
    return text.length() <= MAX_CHARACTERS_PER_TOKEN * maxTokens
        && !(template && ProtectedText.count(text) > Placeholders.COUNT)
        && encoded.computeIfAbsent(text, part -> encode(part, template)).ids().length <= maxTokens;
  }

  /** The whole of {@code text} as one piece. */
  SplitLine.Sentence encode(String text) {
    return encode(text, false);
  }

  private SplitLine.Sentence encode(String text, boolean template) {
    String normalized = models.sourceNormalizer().apply(text);
    String encoded = template ? ProtectedText.withPlaceholders(normalized) : normalized;
    return new SplitLine.Sentence(text, encoded, models.source().encode(encoded));
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

  /** English sentences have a space between them, Chinese ones have none; wider gaps stay. */
  private String spacing(String gap) {
    boolean english = models.settings().target() == Language.EN;
    return gap.isEmpty() || gap.equals(" ") ? (english ? " " : "") : gap;
  }
}
