package org.yuqiao.text.normalize;

import java.util.regex.Pattern;
import org.yuqiao.text.Language;

/**
 * Collapses white space to single spaces and strips both ends. Chinese loses the spaces between Han
 * characters, too.
 */
public record WhitespaceRuns(Language language) implements TextStep {
  private static final Pattern RUN = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern IN_HAN =
      Pattern.compile("(?<=[\\p{IsHan}，。！？：；、（）]) (?=[\\p{IsHan}，。！？：；、（）])");

  @Override
  public String name() {
    return "white-space";
  }

  @Override
  public String apply(String sentence) {
    String single = RUN.matcher(sentence).replaceAll(" ").strip();
    return language == Language.ZH ? IN_HAN.matcher(single).replaceAll("") : single;
  }
}
