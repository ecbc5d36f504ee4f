package org.yuqiao.server.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.SourceNote;
import org.yuqiao.inference.SplitLine;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.text.Language;

/**
 * A text in lines and sentences, with the line breaks between.
 *
 * @param parts the sentences of all lines, in order
 * @param breaks the line break after each line; the last is empty
 */
public record SplitText(
    List<String> sources, List<SplitLine> lines, List<Part> parts, List<String> breaks) {
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /**
   * A sentence of a text.
   *
   * @param line the index of its line
   * @param gap the white space before it
   * @param note why it is not translated; empty: it is
   */
  public record Part(
      int line, SplitLine.Sentence sentence, String gap, Optional<SourceNote> note) {}

  /**
   * Splits {@code text} as {@code model} reads it; in the model's thread.
   *
   * @param protect whether its spans are protected
   */
  public static SplitText of(
      TranslationModel model, String text, LineSplitting splitting, boolean protect) {
    List<String> sources = new ArrayList<>();
    List<String> breaks = new ArrayList<>();
    Matcher matcher = LINE_BREAK.matcher(text);
    int from = 0;
    while (matcher.find()) {
      sources.add(text.substring(from, matcher.start()));
      breaks.add(matcher.group());
      from = matcher.end();
    }
    sources.add(text.substring(from));
    breaks.add("");
    Language language = model.settings().source();
    List<SplitLine> lines = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int line = 0; line < sources.size(); line++) {
      SplitLine split =
          model.split(new TranslationModel.Line(sources.get(line), "", protect), splitting);
      lines.add(split);
      for (int i = 0; i < split.sentences().size(); i++) {
        SplitLine.Sentence sentence = split.sentences().get(i);
        parts.add(new Part(line, sentence, split.gaps().get(i), SourceNote.of(sentence, language)));
      }
    }
    return new SplitText(sources, lines, parts, breaks);
  }

  /** The sentences that are to be translated, as indices of {@link #parts}. */
  public List<Integer> translatable() {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).note().isEmpty()) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** The note of a line: that of its sentences, if all have one. */
  public Optional<SourceNote> note(int line) {
    List<Optional<SourceNote>> notes =
        parts.stream().filter(part -> part.line() == line).map(Part::note).toList();
    return notes.isEmpty() || notes.contains(Optional.<SourceNote>empty())
        ? Optional.empty()
        : notes.get(0);
  }
}
