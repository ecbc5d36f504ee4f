package org.yuqiao.evaluate.text;

import java.util.List;
import java.util.stream.Collectors;
import org.yuqiao.text.Language;

/** Tokenizers of BLEU; scores with different tokenizers are not comparable. */
public enum BleuTokenizer {
  /** WMT's mteval-v13a, for languages with spaces. */
  MTEVAL_13A("13a") {
    @Override
    public List<String> cut(String line) {
      String text = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
      return words(" " + MtevalRules.unescape(text) + " ");
    }
  },
  /** Splits Chinese text into characters and the rest like mteval-v13a. */
  CHINESE("zh") {
    @Override
    public List<String> cut(String line) {
      StringBuilder text = new StringBuilder();
      Whitespace.strip(line)
          .codePoints()
          .forEach(
              c -> {
                if (isChinese(c)) {
                  text.append(' ').appendCodePoint(c).append(' ');
                } else {
                  text.appendCodePoint(c);
                }
              });
      return words(text.toString());
    }
  },
  /** Splits into characters. */
  CHARACTER("char") {
    @Override
    public List<String> cut(String line) {
      return Whitespace.split(
          line.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" ")));
    }
  },
  /** Splits at spaces only, for tokenized text. */
  NONE("none") {
    @Override
    public List<String> cut(String line) {
      return Whitespace.split(line);
    }
  };

  /** First and last character of each block that counts as Chinese. */
  private static final int[][] CHINESE_BLOCKS = {
    {0x3400, 0x4DB5},
    {0x4E00, 0x9FBB},
    {0xF900, 0xFA2D},
    {0xFA30, 0xFA6A},
    {0xFA70, 0xFAD9},
    // sacreBLEU means extension B and the compatibility supplement by the next two, but compares
    // strings of two characters, whose effect is these; equal figures need equal ranges.
    {0x2001, 0x2A6D},
    {0x2F81, 0x2FA1},
    {0xFF00, 0xFFEF},
    {0x2E80, 0x2EFF},
    {0x3000, 0x303F},
    {0x31C0, 0x31EF},
    {0x2F00, 0x2FDF},
    {0x2FF0, 0x2FFF},
    {0x3100, 0x312F},
    {0x31A0, 0x31BF},
    {0xFE10, 0xFE1F},
    {0xFE30, 0xFE4F},
    {0x2600, 0x26FF},
    {0x2700, 0x27BF},
    {0x3200, 0x32FF},
    {0x3300, 0x33FF}
  };

  private final String signature;

  BleuTokenizer(String signature) {
    this.signature = signature;
  }

  /** The value of the field {@code tok} in signatures. */
  public String signature() {
    return signature;
  }

  /** The tokenizer for translations into {@code language}. */
  public static BleuTokenizer of(Language language) {
    return language == Language.ZH ? CHINESE : MTEVAL_13A;
  }

  /** The tokens of {@code line}. */
  public abstract List<String> cut(String line);

  private static boolean isChinese(int c) {
    for (int[] block : CHINESE_BLOCKS) {
      if (block[0] <= c && c <= block[1]) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String line) {
    return Whitespace.split(MtevalRules.separateStops(MtevalRules.separateSymbols(line)));
  }
}
