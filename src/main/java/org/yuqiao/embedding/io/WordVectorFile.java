package org.yuqiao.embedding.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/** Reads and writes word vectors in the formats of other tools. */
public final class WordVectorFile {
  /** The number of bytes sampled to distinguish text from binary. */
  private static final int SAMPLE = 1 << 16;

  private WordVectorFile() {}

  /** The file formats. */
  public enum Format {
    /** word2vec's text format. */
    TEXT,
    /** word2vec's binary format. */
    BINARY,
    /** Vectors and metadata for TensorBoard's embedding projector. */
    PROJECTOR;

    /**
     * The format of a file name: {@code .bin} binary, {@code .tsv} the projector's, all others
     * text.
     */
    public static Format ofName(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      if (name.endsWith(".bin")) {
        return BINARY;
      }
      return name.endsWith(".tsv") ? PROJECTOR : TEXT;
    }
  }

  /** Writes {@code vectors} in the format of the file name. */
  public static void write(WordVectors vectors, Path file) {
    write(vectors, file, Format.ofName(file));
  }

  /**
   * Writes {@code vectors} atomically.
   *
   * @throws InvalidInputException when a word cannot be written in the format, or when writing
   *     fails
   */
  public static void write(WordVectors vectors, Path file, Format format) {
    switch (format) {
      case TEXT -> TextFormat.write(vectors, file);
      case BINARY -> BinaryFormat.write(vectors, file);
      case PROJECTOR -> ProjectorFormat.write(vectors, file);
    }
  }

  /**
   * Reads vectors. The extension {@code .tsv} selects the projector's format; text and binary are
   * detected from the content.
   *
   * @throws InvalidInputException naming the line or the byte where the file is malformed
   */
  public static WordVectors read(Path file) {
    return read(file, UnicodeErrors.STRICT);
  }

  /**
   * As {@link #read(Path)}; {@code errors} is for words that are not UTF-8. Unless it is strict, a
   * word that becomes equal to an earlier one is left out.
   */
  public static WordVectors read(Path file, UnicodeErrors errors) {
    InputFile.requireRereadable(file, "the reader of word vectors");
    Format format = Format.ofName(file);
    if (format != Format.PROJECTOR) {
      format = formatOfContent(file).orElse(format);
    }
    return switch (format) {
      case TEXT -> TextFormat.read(file, errors);
      case BINARY -> BinaryFormat.read(file, errors);
      case PROJECTOR -> ProjectorFormat.read(file);
    };
  }

  /**
   * Detects the format from the first vector: decimal numbers, or bytes outside text; empty if
   * unclear.
   */
  private static Optional<Format> formatOfContent(Path file) {
    String sample = sample(file);
    int end = sample.indexOf('\n');
    Optional<HeaderLine> header =
        end < 0 ? Optional.empty() : HeaderLine.parse(sample.substring(0, end));
    int vector = sample.indexOf(' ', end + 1) + 1;
    if (header.isEmpty() || vector == 0) {
      return Optional.empty();
    }
    if (sample.substring(vector).lines().limit(1).allMatch(WordVectorFile::isNumbers)) {
      return Optional.of(Format.TEXT);
    }
    int bytes = Math.min(header.get().dimension(), SAMPLE) * Float.BYTES;
    return sample
            .chars()
            .skip(vector)
            .limit(bytes)
            .anyMatch(c -> c < ' ' && "\t\r\n".indexOf(c) < 0)
        ? Optional.of(Format.BINARY)
        : Optional.empty();
  }

  private static boolean isNumbers(String line) {
    return line.matches("\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?(\\s.*)?")
        && line.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** The beginning of a file, one character a byte. */
  private static String sample(Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + " is a folder; expected a file of word vectors");
    }
    try (InputStream in = InputFile.open(file)) {
      return new String(in.readNBytes(SAMPLE), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }
}
