package org.yuqiao.embedding.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.yuqiao.embedding.vectors.WordList;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Utf8Lines;

/**
 * word2vec's text format: a line with the number of words and the dimension, then a line for each
 * word with its values, separated by single spaces. UTF-8.
 */
final class TextFormat {
  /**
   * The prefix of words in Base64, as Deeplearning4j writes them; a word that begins with it is
   * written so, too.
   */
  private static final String BASE64 = "B64:";

  private TextFormat() {}

  /** Writes {@code vectors}; every float32 value is read back exactly. */
  static void write(WordVectors vectors, Path file) {
    WordList.requireWritable(vectors, " \t\r\n", "word2vec's text format");
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          writer.write(new HeaderLine(vectors.size(), vectors.dimension()).text());
          float[] values = vectors.values();
          for (int i = 0; i < vectors.size(); i++) {
            writer.write(encoded(vectors.word(i)));
            for (int j = 0; j < vectors.dimension(); j++) {
              writer.write(' ');
              writer.write(Float.toString(values[i * vectors.dimension() + j]));
            }
            writer.write('\n');
          }
          writer.flush();
        });
  }

  /**
   * Reads {@code file}.
   *
   * @throws InvalidInputException naming the malformed line
   */
  static WordVectors read(Path file, UnicodeErrors errors) {
    try (Utf8Lines lines = Utf8Lines.open(file, errors.action())) {
      HeaderLine header =
          HeaderLine.read(
              lines.name(),
              lines
                  .next()
                  .orElseThrow(() -> new InvalidInputException(file + ": the file is empty")));
      VectorRows values =
          header.rows(lines.name(), InputFile.maxBytes(file), 2L + 2L * header.dimension() - 1);
      WordList words = new WordList(errors != UnicodeErrors.STRICT);
      for (int i = 0; i < header.words(); i++) {
        int number = i;
        String line =
            lines
                .next()
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            String.format(
                                "%s: ends after %d of the %d words that its first line promises",
                                file, number, header.words())));
        readRow(line, new Place(lines.name(), lines.lineNumber()), header, words, values);
      }
      requireEnd(lines, header);
      return words.vectors(lines.name(), header.dimension(), values.values(words.words().size()));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** A line of a file, for messages. */
  private record Place(String file, long line) {
    @Override
    public String toString() {
      return file + ", line " + line;
    }
  }

  private static void readRow(
      String line, Place place, HeaderLine header, WordList words, VectorRows values) {
    int space = line.indexOf(' ');
    int row = words.words().size();
    if (!words.add(decoded(space < 0 ? line : line.substring(0, space), place), place.toString())) {
      return;
    }
    NumberFields fields = new NumberFields(line, ' ', space < 0 ? line.length() : space + 1);
    int found =
        fields.read(
            values.withRow(row), row * header.dimension(), header.dimension(), place.toString());
    if (found != header.dimension()) {
      throw new InvalidInputException(
          String.format(
              "%s: expected %d values, as the first line says, but found %d",
              place, header.dimension(), found));
    }
  }

  private static String encoded(String word) {
    return word.startsWith(BASE64)
        ? BASE64 + Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8))
        : word;
  }

  private static String decoded(String word, Place place) {
    if (!word.startsWith(BASE64)) {
      return word;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(word.substring(BASE64.length()));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(place + ": '" + word + "' is not in Base64", e);
    }
  }

  private static void requireEnd(Utf8Lines lines, HeaderLine header) {
    Optional<String> line = lines.next();
    while (line.isPresent()) {
      if (!line.get().isBlank()) {
        throw new InvalidInputException(
            String.format(
                "%s, line %d: expected the end, for the first line promises %d words",
                lines.name(), lines.lineNumber(), header.words()));
      }
      line = lines.next();
    }
  }
}
