package org.yuqiao.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** Finds a font that has all characters of the labels; not every machine has one for Chinese. */
public final class LabelFont {
  /** Families tried first; the logical sans-serif may combine all installed fonts. */
  private static final List<String> PREFERRED =
      List.of(
          Font.SANS_SERIF,
          "Noto Sans CJK SC",
          "Noto Sans SC",
          "Source Han Sans SC",
          "WenQuanYi Micro Hei",
          "Microsoft YaHei",
          "PingFang SC");

  private LabelFont() {}

  /**
   * An installed font that can display all {@code words}.
   *
   * @throws InvalidInputException if there is none; names packages to install
   */
  public static Font installed(List<String> words, int size) {
    String[] families =
        GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
    List<Font> fonts =
        Stream.concat(PREFERRED.stream(), Arrays.stream(families))
            .map(family -> new Font(family, Font.PLAIN, size))
            .toList();
    return fonts.stream()
        .filter(font -> missing(font, words).isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no installed font can display '"
                        + missing(fonts.get(0), words).orElseThrow()
                        + "'; install one for Chinese (Debian, Ubuntu: apt install fonts-noto-cjk;"
                        + " Fedora: dnf install google-noto-sans-cjk-fonts; Alpine: apk add"
                        + " font-noto-cjk) or name a file with --font"));
  }

  /**
   * The font in a TrueType or OpenType file or collection.
   *
   * @throws InvalidInputException if it is no font file, or cannot display all {@code words}
   */
  public static Font inFile(Path file, List<String> words, int size) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("there is no font file " + file);
    }
    try {
      Font font = Font.createFonts(file.toFile())[0].deriveFont((float) size);
      missing(font, words)
          .ifPresent(
              word -> {
                throw new InvalidInputException(
                    "the font in " + file + " cannot display '" + word + "'");
              });
      return font;
    } catch (FontFormatException | IOException e) {
      throw new InvalidInputException(
          file + " is no TrueType or OpenType font: " + IoError.message(e), e);
    }
  }

  /** The first word that {@code font} cannot display. */
  private static Optional<String> missing(Font font, List<String> words) {
    return words.stream().filter(word -> font.canDisplayUpTo(word) >= 0).findFirst();
  }
}
