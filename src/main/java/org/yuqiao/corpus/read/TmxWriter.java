package org.yuqiao.corpus.read;

import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.corpus.pair.SentencePair;

/** Writes pairs as units of a translation memory. */
final class TmxWriter {
  static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4">
      <header creationtool="yuqiao" creationtoolversion="1" segtype="sentence" o-tmf="tsv"
          adminlang="en" srclang="zh" datatype="plaintext"/>
      <body>
      """;
  static final String TAIL = "</body>\n</tmx>\n";

  /** Characters that XML 1.0 cannot hold, not even escaped (section 2.2). */
  private static final Pattern NOT_IN_XML =
      Pattern.compile("[\\x00-\\x08\\x0B\\f\\x0E-\\x1F\\p{Cs}\\uFFFE\\uFFFF]");

  private long replaced;
  private String firstPlace = "";

  /** A pair as one line of XML. */
  String unit(SentencePair pair) {
    return "<tu><tuv xml:lang=\"zh\"><seg>"
        + escaped(pair.chinese(), pair.origin())
        + "</seg></tuv><tuv xml:lang=\"en\"><seg>"
        + escaped(pair.english(), pair.origin())
        + "</seg></tuv></tu>";
  }

  /** A sentence about the characters that were replaced; empty when there were none. */
  Optional<String> replaced() {
    return replaced == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%d characters that XML cannot hold were replaced by U+FFFD, the first at %s",
                replaced, firstPlace));
  }

  private String escaped(String text, String origin) {
    String allowed =
        NOT_IN_XML
            .matcher(text)
            .replaceAll(
                match -> {
                  firstPlace = replaced == 0 ? origin : firstPlace;
                  replaced++;
                  return "\uFFFD";
                });
    return allowed
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }
}
