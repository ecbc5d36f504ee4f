package org.yuqiao.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads lines of strict UTF-8. Only a line feed ends a line: a stray carriage return, U+0085 or
 * U+2028 inside a sentence must not shift the pairs behind it. A carriage return before the line
 * feed and a byte order mark at the start are dropped. A line has at most 16 MiB.
 */
public final class Utf8Lines implements AutoCloseable {
  /** A line is kept in memory; a file without line feeds may be of any size. */
  static final int MAX_LINE_BYTES = 1 << 24;

  private final InputStream in;
  private final String name;
  private final CharsetDecoder decoder;
  private final Consumer<String> warnings;
  private final byte[] buffer = new byte[1 << 16];
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private int at;
  private int end;
  private long lineNumber;
  private boolean warned;

  /** Reads from {@code in}, called {@code name} in messages. */
  public Utf8Lines(InputStream in, String name) {
    this(in, name, CodingErrorAction.REPORT, message -> {});
  }

  private Utf8Lines(
      InputStream in, String name, CodingErrorAction malformed, Consumer<String> warnings) {
    this.in = in;
    this.name = name;
    this.warnings = warnings;
    this.decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(malformed)
            .onUnmappableCharacter(malformed);
  }

  /**
   * Reads from {@code in}, replacing invalid bytes by U+FFFD; {@code warnings} gets one sentence,
   * for the first such line.
   */
  public static Utf8Lines lenient(InputStream in, String name, Consumer<String> warnings) {
    return new Utf8Lines(in, name, CodingErrorAction.REPLACE, warnings);
  }

  /**
   * Passes on the lines of a file.
   *
   * @throws InvalidInputException as {@link #open(Path)} and {@link #next}
   */
  public static void forEach(Path file, Consumer<String> lines) {
    try (Utf8Lines read = open(file)) {
      for (Optional<String> line = read.next(); line.isPresent(); line = read.next()) {
        lines.accept(line.get());
      }
    }
  }

  /**
   * Opens a file, plain or compressed with gzip or xz; "-" is standard input.
   *
   * @throws InvalidInputException when it does not exist or cannot be read
   */
  public static Utf8Lines open(Path file) {
    return open(file, CodingErrorAction.REPORT);
  }

  /** Opens a file; {@code malformed} says what becomes of bytes that are not UTF-8. */
  public static Utf8Lines open(Path file, CodingErrorAction malformed) {
    return new Utf8Lines(InputFile.open(file), InputFile.name(file), malformed, message -> {});
  }

  /**
   * The next line without its line feed, or empty at the end.
   *
   * @throws InvalidInputException naming file and line when the bytes are not UTF-8, or the line is
   *     too long
   */
  public Optional<String> next() {
    bytes.reset();
    boolean begun = false;
    boolean ended = false;
    while (!ended && filled()) {
      begun = true;
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      requireShort(bytes.size() + stop - at, name, lineNumber + 1);
      bytes.write(buffer, at, stop - at);
      ended = stop < end;
      at = ended ? stop + 1 : stop;
    }
    if (!begun) {
      return Optional.empty();
    }
    lineNumber++;
    return Optional.of(trimEnds(decode(), lineNumber));
  }

  private static void requireShort(int length, String name, long number) {
    if (length > MAX_LINE_BYTES) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s, line %d: the line has more than %,d bytes, the maximum",
              name,
              number,
              MAX_LINE_BYTES));
    }
  }

  /**
   * The text of one line without its line feed, as {@link #next} returns it, for readers that find
   * the lines of a file in parallel.
   *
   * @param length how many of {@code bytes} are the line
   * @param number of the line in its file, from 1
   * @throws InvalidInputException as {@link #next}
   */
  public static String line(byte[] bytes, int length, String name, long number) {
    requireShort(length, name, number);
    try {
      CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
      return trimEnds(strict.decode(ByteBuffer.wrap(bytes, 0, length)).toString(), number);
    } catch (CharacterCodingException e) {
      throw invalid(name, number, e);
    }
  }

  /**
   * The same where invalid bytes become U+FFFD.
   *
   * @throws InvalidInputException when the line is too long
   */
  public static String lenientLine(byte[] bytes, int length, String name, long number) {
    requireShort(length, name, number);
    return trimEnds(new String(bytes, 0, length, StandardCharsets.UTF_8), number);
  }

  private static InvalidInputException invalid(
      String name, long number, CharacterCodingException e) {
    return new InvalidInputException(name + ", line " + number + ": not valid UTF-8", e);
  }

  /** Whether the buffer holds bytes, after filling it if it was empty. */
  private boolean filled() {
    if (at < end) {
      return true;
    }
    try {
      at = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + name + " after line " + lineNumber + ": " + IoError.message(e), e);
    }
  }

  /** The number of the last line returned by {@link #next}; the first is 1. */
  public long lineNumber() {
    return lineNumber;
  }

  /** The name of this text in messages. */
  public String name() {
    return name;
  }

  private String decode() {
    try {
      byte[] raw = bytes.toByteArray();
      String line = decoder.decode(ByteBuffer.wrap(raw)).toString();
      if (!warned && line.indexOf('\uFFFD') >= 0 && !Arrays.equals(utf8(line), raw)) {
        warned = true;
        warnings.accept(
            name + ", line " + lineNumber + ": not valid UTF-8; invalid bytes are replaced");
      }
      return line;
    } catch (CharacterCodingException e) {
      throw invalid(name, lineNumber, e);
    }
  }

  private static byte[] utf8(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static String trimEnds(String line, long number) {
    int from = number == 1 && line.startsWith("\uFEFF") ? 1 : 0;
    int to = line.endsWith("\r") ? line.length() - 1 : line.length();
    return line.substring(Math.min(from, to), to);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + name + ": " + IoError.message(e), e);
    }
  }
}
