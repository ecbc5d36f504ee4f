package org.yuqiao.inference;

import java.util.List;
import java.util.Optional;
import org.yuqiao.text.Placeholders;
import org.yuqiao.text.protect.ProtectedSpan;
import org.yuqiao.text.protect.ProtectedText;
import org.yuqiao.text.protect.ReadSpans;

/**
 * A line cut into sentences that a model can read.
 *
 * @param gaps the white space before, between and after the sentences: one more than sentences
 */
public record SplitLine(List<Sentence> sentences, List<String> gaps) {
  /**
   * Numbers and words that the model reads and writes itself.
   *
   * @param spans the numbers and words
   * @param otherwise the sentence with these protected, too: translated where one is missing
   */
  public record Read(List<ProtectedSpan> spans, Sentence otherwise) {}

  /**
   * A sentence, or the part of one that is too long.
   *
   * @param source as it was given
   * @param text normalized, with placeholders for protected spans
   * @param ids the tokens of the text
   * @param spans the protected spans, by their placeholders
   * @param read the numbers and words that are in the text and not among the spans
   */
  public record Sentence(
      String source, String text, int[] ids, List<ProtectedSpan> spans, Optional<Read> read) {
    /** A sentence without spans. */
    Sentence(String source, String text, int[] ids) {
      this(source, text, ids, List.of(), Optional.empty());
    }

    /** This sentence, whose source is a template, with the spans of its stand-ins. */
    Sentence with(List<ProtectedSpan> own) {
      return new Sentence(ProtectedText.restored(source, own), text, ids, own, Optional.empty());
    }

    /** The sentence with all its spans protected. */
    Sentence withAllProtected() {
      return read.map(Read::otherwise).orElse(this);
    }

    /** Whether a translation has all numbers and words that the model reads. */
    boolean hasReadSpans(String translation) {
      return read.map(own -> ReadSpans.areIn(translation, own.spans())).orElse(true);
    }

    /** A text with the spans in place of their placeholders. */
    String withSpans(String translation) {
      return Placeholders.replaced(
          translation, spans.stream().map(ProtectedSpan::translation).toList());
    }

    /** A whole translation with the spans; one whose placeholder is missing is appended. */
    String restored(String translation) {
      StringBuilder text = new StringBuilder(withSpans(translation));
      for (int i = 0; i < spans.size(); i++) {
        if (!translation.contains(Placeholders.of(i))) {
          text.append(' ').append(spans.get(i).translation());
        }
      }
      return text.toString();
    }

    /** The beginning of a translation with placeholders in place of the spans it has. */
    String withPlaceholders(String prefix) {
      StringBuilder text = new StringBuilder(prefix);
      for (int i = 0; i < spans.size(); i++) {
        String span = spans.get(i).translation();
        int at = text.indexOf(span);
        if (at >= 0) {
          text.replace(at, at + span.length(), Placeholders.of(i));
        }
      }
      return text.toString();
    }

    /**
     * Whether it has no letter or digit outside of protected spans: nothing is left to translate.
     */
    boolean isCopied() {
      return text.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    /** The translation of a sentence that is copied. */
    String copy() {
      if (text.isBlank()) {
        return "";
      }
      boolean converted = spans.stream().anyMatch(span -> !span.translation().equals(span.text()));
      return converted ? withSpans(text) : source;
    }
  }
}
