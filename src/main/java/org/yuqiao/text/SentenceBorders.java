package org.yuqiao.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Splits long text into pieces that fit a model, at the sentence borders of {@link BreakIterator}.
 *
 * <p>A sentence that is still too long is split near its middle: after a clause, else at a space,
 * else between characters.
 */
public final class SentenceBorders {
  private static final String CLAUSE_ENDS = ",;:，、；：";

  private final Locale locale;

  /** Uses the sentence borders of {@code language}. */
  public SentenceBorders(Language language) {
    this.locale = language == Language.ZH ? Locale.CHINESE : Locale.ENGLISH;
  }

  /**
   * Split text.
   *
   * @param pieces the pieces, without leading and trailing white space
   * @param gaps the white space before, between and after the pieces, one more than pieces
   */
  public record Cut(List<String> pieces, List<String> gaps) {}

  /** Splits {@code text} into sentences, and further until {@code fits} is true for each piece. */
  public Cut cut(String text, Predicate<String> fits) {
    List<String> parts = new ArrayList<>();
    BreakIterator sentences = BreakIterator.getSentenceInstance(locale);
    sentences.setText(text);
    int from = sentences.first();
    for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
      addFitting(text.substring(from, to), fits, parts);
      from = to;
    }
    return withGaps(parts);
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
