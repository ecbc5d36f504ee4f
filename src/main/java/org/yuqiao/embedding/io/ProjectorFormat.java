package org.yuqiao.embedding.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.embedding.vectors.WordList;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Utf8Lines;

/**
 * The two files of TensorBoard's embedding projector: tab-separated vectors and words, one a line.
 * {@code vectors.tsv} goes with {@code metadata.tsv}, any other {@code name.tsv} with {@code
 * name-metadata.tsv}. A metadata file with several columns begins with a header; the word is in the
 * first column.
 */
final class ProjectorFormat {
  private ProjectorFormat() {}

  /** The file of words that goes with a file of vectors. */
  static Path metadata(Path vectors) {
    String name = vectors.getFileName().toString();
    return vectors.resolveSibling(
        name.equals("vectors.tsv")
            ? "metadata.tsv"
            : name.replaceFirst("(?i)\\.tsv$", "") + "-metadata.tsv");
  }

  /** Writes both files. */
  static void write(WordVectors vectors, Path file) {
    WordList.requireWritable(vectors, "\t\r\n", "the projector's format");
    AtomicFile.write(
        metadata(file),
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          for (String word : vectors.words()) {
            writer.write(word + "\n");
          }
          writer.flush();
        });
    AtomicFile.write(
        file,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          for (int i = 0; i < vectors.values().length; i++) {
            writer.write(Float.toString(vectors.values()[i]));
            writer.write((i + 1) % vectors.dimension() == 0 ? '\n' : '\t');
          }
          writer.flush();
        });
  }

  /**
   * Reads both files.
   *
   * @param file the one with the vectors
   * @throws InvalidInputException naming the malformed line
   */
  static WordVectors read(Path file) {
    WordList words = readWords(metadata(file));
    int count = words.words().size();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> line = lines.next();
      int dimension = (int) line.orElse("").chars().filter(c -> c == '\t').count() + 1;
      VectorRows values = rows(file, count, dimension);
      int row = 0;
      while (line.isPresent()) {
        String place = lines.name() + ", line " + lines.lineNumber();
        if (row == count) {
          throw new InvalidInputException(
              place + ": there are more vectors than the " + count + " words of " + metadata(file));
        }
        int found =
            new NumberFields(line.get(), '\t', 0)
                .read(values.withRow(row), row * dimension, dimension, place);
        if (found != dimension) {
          throw new InvalidInputException(
              String.format(
                  "%s: expected %d values, as on the first line, but found %d",
                  place, dimension, found));
        }
        row++;
        line = lines.next();
      }
      if (row < count) {
        throw new InvalidInputException(
            String.format(
                "%s has %d vectors, but %s has %d words", file, row, metadata(file), count));
      }
      return new WordVectors(words.words(), dimension, values.values(count));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private static VectorRows rows(Path file, int count, int dimension) throws IOException {
    long bytes = InputFile.maxBytes(file);
    boolean known = bytes != Long.MAX_VALUE && 2L * count * dimension <= bytes;
    return new VectorRows(file.toString(), count, dimension, known);
  }

  private static WordList readWords(Path file) {
    WordList words = new WordList();
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      Optional<String> line = lines.next();
      boolean columns = line.isPresent() && line.get().indexOf('\t') >= 0;
      if (columns) {
        line = lines.next();
      }
      while (line.isPresent()) {
        String word = columns ? line.get().split("\t", -1)[0] : line.get();
        words.add(word, lines.name() + ", line " + lines.lineNumber());
        line = lines.next();
      }
    }
    if (words.words().isEmpty()) {
      throw new InvalidInputException(file + ": there are no words");
    }
    return words;
  }
}
