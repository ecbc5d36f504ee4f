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

  private static final Pattern LETTER_OR_NUMBER = Pattern.compile("[\\p{L}\\p{N}]");
  private static final String ENDS = ".?!…。！？｡．\u2028\u2029";
  private static final String OPENING = "“「『（(【《[";
  private static final String BRACKETS = "）)】》]";
  private static final String CLOSING = "”」』）)】》]";

  /** Abbreviations that CLDR does not list for English. */
  private static final List<String> ABBREVIATIONS =
      List.of("Dr.", "Prof.", "St.", "Ms.", "e.g.", "i.e.", "vs.");

  /** A mark that is not closed after so many sentences never closes. */
  private static final int MAX_JOINED = 100;

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
    int end = 0;
    while (end < text.length() && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return LETTER_OR_NUMBER.matcher(text).region(end, text.length()).find();
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
    for (int from = 0; from < sentences.size(); ) {
      Marks marks = Marks.of(sentences.get(from));
      int to = from + 1;
      int limit = Math.min(sentences.size(), from + MAX_JOINED);
      while (to < limit && marks.joinsNext()) {
        marks = marks.plus(Marks.of(sentences.get(to++)));
      }
      to = marks.isOpen() ? from + 1 : to;
      joined.add(String.join("", sentences.subList(from, to)));
      from = to;
    }
    return joined;
  }

  /**
   * The quotation marks and brackets of a text.
   *
   * @param open opening ones less closing ones
   * @param straight straight quotation marks, which come in pairs
   * @param first its first character that is no white space; -1: none
   * @param last its last character that is no white space
   */
  private record Marks(int open, int straight, int first, int last) {
    static Marks of(String text) {
      int open = 0;
      int straight = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        open += OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
        straight += c == '"' ? 1 : 0;
      }
      String stripped = text.strip();
      return stripped.isEmpty()
          ? new Marks(open, straight, -1, -1)
          : new Marks(open, straight, stripped.charAt(0), stripped.charAt(stripped.length() - 1));
    }

    Marks plus(Marks next) {
      return new Marks(
          open + next.open,
          straight + next.straight,
          first < 0 ? next.first : first,
          next.last < 0 ? last : next.last);
    }

    boolean isOpen() {
      return open > 0 || straight % 2 == 1;
    }

    /** Whether it is open, or ends with a bracket that was opened in the midst of a sentence. */
    boolean joinsNext() {
      return isOpen() || (last >= 0 && BRACKETS.indexOf(last) >= 0 && OPENING.indexOf(first) < 0);
    }
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
