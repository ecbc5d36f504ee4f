package org.yuqiao.inference;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.yuqiao.evaluate.Spans;

/** Labeled tokens as readable text. */
public final class TaggedText {
  private TaggedText() {}

  /**
   * Formats spans as {@code text/type}, or as text where they have no type. Inside a span, tokens
   * of one character are joined without spaces.
   */
  public static String of(List<String> tokens, List<String> labels) {
    boolean places = Spans.haveScheme(new HashSet<>(labels)) || areSingle(labels);
    boolean characters = tokens.stream().allMatch(t -> t.codePointCount(0, t.length()) == 1);
    return Spans.of(labels, places).stream()
        .map(
            span -> {
              String text =
                  String.join(characters ? "" : " ", tokens.subList(span.from(), span.to()));
              return span.type().isEmpty() ? text : text + "/" + span.type();
            })
        .collect(Collectors.joining(" "));
  }

  /** Whether all labels are S or O, which are span labels too. */
  private static boolean areSingle(List<String> labels) {
    return labels.stream().allMatch(label -> label.matches("[SO](-.+)?"));
  }
}
