package org.yuqiao.inference;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.yuqiao.evaluate.Spans;

/** Labeled tokens as a line for people. */
public final class TaggedText {
  private TaggedText() {}

  /**
   * Each span with a slash and its type, or the spans alone where they have no type. Tokens of one
   * character stand together inside a span.
   */
  public static String of(List<String> tokens, List<String> labels) {
    boolean places = Spans.arePlaces(new HashSet<>(labels)) || areSingle(labels);
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

  /** A sentence of single tokens begins nothing, yet its labels are places. */
  private static boolean areSingle(List<String> labels) {
    return labels.stream().allMatch(label -> label.matches("[SO](-.+)?"));
  }
}
