package org.yuqiao.text.sentencepiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Normalizes text as the file says: replaced characters, white space, U+2581 for spaces. */
final class Normalizer {
  /** U+2581 in UTF-8. */
  private static final byte[] SPACE_MARK = "\u2581".getBytes(StandardCharsets.UTF_8);

  private static final byte[] SPACE = {' '};

  private final NormalizerSettings settings;
  private final Optional<CharacterMap> map;
  private final PieceTrie userDefined;

  /**
   * A normalizer.
   *
   * @param userDefined pieces that are never changed
   */
  Normalizer(NormalizerSettings settings, PieceTrie userDefined) {
    this.settings = settings;
    this.map = settings.characterMap();
    this.userDefined = userDefined;
  }

  /** A part of the text with its replacement. */
  private record Prefix(byte[] replacement, int length) {}

  /** The normalized text, in UTF-8. */
  byte[] apply(byte[] text) {
    int at = 0;
    if (settings.removeExtraWhitespaces()) {
      at = spaces(text);
    }
    if (at == text.length) {
      return new byte[0];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + SPACE_MARK.length);
    byte[] space = settings.escapeWhitespaces() ? SPACE_MARK : SPACE;
    if (settings.addDummyPrefix() && !settings.whitespaceAsSuffix()) {
      out.writeBytes(space);
    }
    boolean afterSpace = settings.removeExtraWhitespaces();
    while (at < text.length) {
      Prefix prefix = prefix(text, at);
      at += prefix.length();
      afterSpace = write(prefix.replacement(), afterSpace, space, out);
    }
    byte[] trimmed =
        settings.removeExtraWhitespaces() ? trimmed(out.toByteArray(), space) : out.toByteArray();
    return settings.addDummyPrefix() && settings.whitespaceAsSuffix()
        ? concatenated(trimmed, space)
        : trimmed;
  }

  /** The number of bytes at the beginning that become spaces. */
  private int spaces(byte[] text) {
    int at = 0;
    while (at < text.length) {
      Prefix prefix = prefix(text, at);
      if (!Arrays.equals(prefix.replacement(), SPACE)) {
        break;
      }
      at += prefix.length();
    }
    return at;
  }

  /** Writes a replacement; whether spaces that follow it are left out. */
  private boolean write(
      byte[] replacement, boolean afterSpace, byte[] space, ByteArrayOutputStream out) {
    int from = 0;
    while (afterSpace && from < replacement.length && replacement[from] == ' ') {
      from++;
    }
    boolean endsWithSpace = afterSpace;
    for (int i = from; i < replacement.length; i++) {
      endsWithSpace = replacement[i] == ' ';
      out.writeBytes(endsWithSpace ? space : new byte[] {replacement[i]});
    }
    return settings.removeExtraWhitespaces() && endsWithSpace;
  }

  private Prefix prefix(byte[] text, int at) {
    int whole = userDefined.longest(text, at);
    if (whole > 0) {
      return new Prefix(Arrays.copyOfRange(text, at, at + whole), whole);
    }
    if (map.isPresent()) {
      CharacterMap.Match match = map.get().longest(text, at);
      if (match.length() > 0) {
        byte[] replacement = Arrays.copyOfRange(map.get().replacements(), match.from(), match.to());
        return new Prefix(replacement, match.length());
      }
    }
    int length = Math.min(Utf8.length(text[at]), text.length - at);
    return new Prefix(Arrays.copyOfRange(text, at, at + length), length);
  }

  private static byte[] trimmed(byte[] text, byte[] space) {
    int end = text.length;
    while (end >= space.length
        && Arrays.equals(text, end - space.length, end, space, 0, space.length)) {
      end -= space.length;
    }
    return Arrays.copyOf(text, end);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
