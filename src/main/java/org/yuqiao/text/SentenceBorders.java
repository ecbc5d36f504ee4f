package org.yuqiao.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Splits text into sentences (Unicode Standard Annex 29, with the abbreviations of the language in
 * CLDR), and further into pieces that fit a model. Quotations and brackets stay together.
 *
 * <p>A sentence that is still too long is split near its middle: after a clause, else at a space,
 * else between characters.
 */
public final class SentenceBorders {
  private static final String CLAUSE_ENDS = ",;:，、；：";

  /** What can end a sentence, with text behind it. */
  private static final Pattern INNER_END =
      Pattern.compile("[.?!…。！？｡．\\u2028\\u2029].*[\\p{L}\\p{N}]", Pattern.DOTALL);

  private static final String OPENING = "“「『（(【《[";
  private static final String BRACKETS = "）)】》]";
  private static final String CLOSING = "”」』）)】》]";

  /** Abbreviations that CLDR does not list for English. */
  private static final List<String> ABBREVIATIONS =
      List.of("Dr.", "Prof.", "St.", "Ms.", "e.g.", "i.e.", "vs.");

  private final ULocale locale;

  /** Uses the sentence borders of {@code language}. */
  public SentenceBorders(Language language) {
    this.locale = language == Language.ZH ? ULocale.CHINESE : ULocale.ENGLISH;
  }

  /**
   * Split text.
   *
   * @param pieces the pieces, without leading and trailing white space
   * @param gaps the white space before, between and after the pieces, one more than pieces
   */
  public record Cut(List<String> pieces, List<String> gaps) {}

  /** Whether {@code text} may be more than one sentence; quick. */
  public boolean mayPart(String text) {
    return INNER_END.matcher(text).find();
  }

  /** Splits {@code text} into sentences, and further until {@code fits} is true for each piece. */
  public Cut cut(String text, Predicate<String> fits) {
    List<String> parts = new ArrayList<>();
    for (String sentence : together(sentences(text))) {
      addFitting(sentence, fits, parts);
    }
    return withGaps(parts);
  }

  private List<String> sentences(String text) {
    FilteredBreakIteratorBuilder filter = FilteredBreakIteratorBuilder.getInstance(locale);
    ABBREVIATIONS.forEach(filter::suppressBreakAfter);
    BreakIterator borders =
        filter.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(locale));
    borders.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = borders.first();
    for (int to = borders.next(); to != BreakIterator.DONE; to = borders.next()) {
      sentences.add(text.substring(from, to));
      from = to;
    }
    return sentences;
  }

  /** Joins sentences until quotations and brackets close; one that never closes joins nothing. */
  private static List<String> together(List<String> sentences) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      int end = i;
      String text = sentences.get(i);
      while (end + 1 < sentences.size() && (isOpen(text) || endsInside(text))) {
        text += sentences.get(++end);
      }
      boolean closed = !isOpen(text);
      joined.add(closed ? text : sentences.get(i));
      i = closed ? end : i;
    }
    return joined;
  }

  /** Whether the text ends with a bracket that was opened in the midst of a sentence. */
  private static boolean endsInside(String text) {
    String stripped = text.strip();
    return !stripped.isEmpty()
        && BRACKETS.indexOf(stripped.charAt(stripped.length() - 1)) >= 0
        && OPENING.indexOf(stripped.charAt(0)) < 0;
  }

  /** Whether a quotation or bracket is not closed; straight quotation marks come in pairs. */
  private static boolean isOpen(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open += OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
    }
    return open > 0 || text.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static void addFitting(String part, Predicate<String> fits, List<String> parts) {
    if (part.length() < 2 || fits.test(part)) {
      parts.add(part);
      return;
    }
    int middle = middle(part);
    addFitting(part.substring(0, middle), fits, parts);
    addFitting(part.substring(middle), fits, parts);
  }

  /** The best split near the middle: after a clause, else at a space, else between characters. */
  private static int middle(String part) {
    int half = part.length() / 2;
    int reach = part.length() / 4;
    int space = -1;
    for (int distance = 0; distance <= reach; distance++) {
      for (int at : new int[] {half - distance, half + distance}) {
        if (at > 0 && at < part.length()) {
          if (CLAUSE_ENDS.indexOf(part.charAt(at - 1)) >= 0) {
            return at;
          }
          space = space < 0 && Character.isWhitespace(part.charAt(at)) ? at : space;
        }
      }
    }
    return space > 0 ? space : wholeCharacter(part, half);
  }

  private static int wholeCharacter(String part, int half) {
    BreakIterator characters = BreakIterator.getCharacterInstance();
    characters.setText(part);
    int border = characters.isBoundary(half) ? half : characters.preceding(half);
    if (border > 0) {
      return border;
    }
    return Character.isLowSurrogate(part.charAt(half)) && half > 1 ? half - 1 : half;
  }

  private static Cut withGaps(List<String> parts) {
    List<String> pieces = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    StringBuilder gap = new StringBuilder();
    for (String part : parts) {
      String piece = part.strip();
      int start = part.indexOf(piece);
      gap.append(part, 0, start);
      if (!piece.isEmpty()) {
        gaps.add(gap.toString());
        gap.setLength(0);
        pieces.add(piece);
      }
      gap.append(part.substring(start + piece.length()));
    }
    gaps.add(gap.toString());
    return new Cut(pieces, gaps);
  }
}
