package org.yuqiao.embedding.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.yuqiao.embedding.vectors.WordList;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * word2vec's binary format: a line with the number of words and the dimension; then for each word
 * its UTF-8 bytes, a space, its values in little-endian float32 and a line feed. The line feed is
 * optional when reading, since gensim omits it.
 */
final class BinaryFormat {
  private static final int MAX_HEADER = 100;
  private static final int MAX_WORD = 10_000;

  private final String name;
  private final InputStream in;
  private final UnicodeErrors errors;

  /** The number of bytes read. */
  private long offset;

  private BinaryFormat(String name, InputStream in, UnicodeErrors errors) {
    this.name = name;
    this.in = in;
    this.errors = errors;
  }

  /** Writes {@code vectors}. */
  static void write(WordVectors vectors, Path file) {
    WordList.requireWritable(vectors, " \t\r\n", "word2vec's binary format");
    AtomicFile.write(file, out -> write(vectors, out));
  }

  private static void write(WordVectors vectors, OutputStream out) throws IOException {
    int dimension = vectors.dimension();
    HeaderLine header = new HeaderLine(vectors.size(), dimension);
    out.write(header.text().getBytes(StandardCharsets.UTF_8));
    ByteBuffer row = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < vectors.size(); i++) {
      byte[] word = vectors.word(i).getBytes(StandardCharsets.UTF_8);
      InvalidInputException.require(
          word.length < MAX_WORD,
          "a word of " + word.length + " bytes is too long for word2vec's binary format");
      out.write(word);
      out.write(' ');
      row.asFloatBuffer().put(vectors.values(), i * dimension, dimension);
      out.write(row.array());
      out.write('\n');
    }
  }

  /**
   * Reads {@code file}.
   *
   * @throws InvalidInputException naming the byte, counted from 0, where the file is malformed
   */
  static WordVectors read(Path file, UnicodeErrors errors) {
    try (InputStream in = new BufferedInputStream(InputFile.open(file), 1 << 16)) {
      return new BinaryFormat(file.toString(), in, errors).read(InputFile.maxBytes(file));
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private WordVectors read(long length) throws IOException {
    HeaderLine header = HeaderLine.read(name, text('\n', MAX_HEADER, "the header"));
    int dimension = header.dimension();
    VectorRows values = header.rows(name, length, 2L + 4L * dimension);
    WordList words = new WordList(errors != UnicodeErrors.STRICT);
    for (int i = 0; i < header.words(); i++) {
      skipLineFeed();
      String place = place(offset);
      int row = words.words().size();
      String word = text(' ', MAX_WORD, "word " + (i + 1) + " of " + header.words());
      words.add(word, place);
      readRow(values.withRow(row), row * dimension, dimension, word);
    }
    skipLineFeed();
    if (in.read() >= 0) {
      throw new InvalidInputException(
          place(offset)
              + ": expected the end, for the first line promises "
              + header.words()
              + " words");
    }
    return words.vectors(name, dimension, values.values(words.words().size()));
  }

  private void readRow(float[] values, int at, int dimension, String word) throws IOException {
    long start = offset;
    byte[] bytes = in.readNBytes(dimension * Float.BYTES);
    offset += bytes.length;
    if (bytes.length < dimension * Float.BYTES) {
      throw new InvalidInputException(
          place(offset) + ": the file is cut off inside the vector of '" + word + "'");
    }
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values, at, dimension);
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(values[at + i])) {
        NumberFields.finite(
            values[at + i],
            i,
            place(start + (long) i * Float.BYTES) + ", vector of '" + word + "'");
      }
    }
  }

  private void skipLineFeed() throws IOException {
    in.mark(1);
    if (in.read() == '\n') {
      offset++;
    } else {
      in.reset();
    }
  }

  private String text(char end, int max, String what) throws IOException {
    long start = offset;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != end && bytes.size() < max) {
      bytes.write(b);
      b = in.read();
    }
    offset += bytes.size() + (b < 0 ? 0 : 1);
    if (b < 0) {
      throw new InvalidInputException(place(offset) + ": the file is cut off inside " + what);
    }
    if (b != end) {
      throw new InvalidInputException(
          place(start) + ": " + what + " has no end in " + max + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(errors.action())
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          place(start) + ": " + what + " is not valid UTF-8 (see --unicode-errors)", e);
    }
  }

  private String place(long at) {
    return name + ", byte " + at;
  }
}
