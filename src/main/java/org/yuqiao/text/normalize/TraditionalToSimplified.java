package org.yuqiao.text.normalize;

import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Converts traditional Chinese to simplified with the phrase tables of OpenCC, until nothing
 * changes any more: a few simplified characters are traditional ones of others, as in 薴, 苧, 苎.
 */
public record TraditionalToSimplified() implements TextStep {
  private static final int MAX_ROUNDS = 4;

  /**
   * The UTF-16 units that the tables replace, alone or in a phrase. Text without one stays as it is
   * and needs no OpenCC, which takes longer to load than a model.
   */
  private static final class Replaced {
    private static final List<String> TABLES =
        List.of("/data/dictionary/TSCharacters.txt", "/data/dictionary/TSPhrases.txt");
    static final BitSet UNITS = units();

    private Replaced() {}

    private static BitSet units() {
      BitSet units = new BitSet();
      for (String table : TABLES) {
        try (InputStream in = ZhConverterUtil.class.getResourceAsStream(table);
            BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
          lines.lines().forEach(line -> add(units, line));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return units;
    }

    /** Adds what a line replaces: traditional, tab, simplified forms of which the first counts. */
    private static void add(BitSet units, String line) {
      int tab = line.indexOf('\t');
      int space = line.indexOf(' ', tab);
      String traditional = line.substring(0, tab);
      String simplified = line.substring(tab + 1, space < 0 ? line.length() : space);
      boolean aligned = traditional.length() == simplified.length();
      for (int i = 0; i < traditional.length(); i++) {
        if (!aligned || traditional.charAt(i) != simplified.charAt(i)) {
          units.set(traditional.charAt(i));
        }
      }
    }
  }

  @Override
  public String name() {
    return "traditional-to-simplified";
  }

  @Override
  public String apply(String sentence) {
    if (sentence.chars().noneMatch(Replaced.UNITS::get)) {
      return sentence;
    }
    String before = sentence;
    String simple = ZhConverterUtil.toSimple(sentence);
    for (int i = 0; i < MAX_ROUNDS && !simple.equals(before); i++) {
      before = simple;
      simple = ZhConverterUtil.toSimple(simple);
    }
    return simple;
  }
}
