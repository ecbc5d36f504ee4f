package org.yuqiao.corpus.clean;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

/**
 * Sentence pairs in a working file, so that a corpus larger than memory is cleaned once and read
 * often. A string is its length and its UTF-16 code units, so every string survives.
 */
public final class PairFile implements Iterable<SentencePair> {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long size;

  private PairFile(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Writes all {@code pairs}, replacing what {@code file} holds.
   *
   * @throws InvalidInputException when the file cannot be written
   */
  public static PairFile write(Path file, Iterable<SentencePair> pairs) {
    long size = 0;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      for (SentencePair pair : pairs) {
        write(out, pair.chinese());
        write(out, pair.english());
        write(out, pair.origin());
        size++;
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return new PairFile(file, size);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
    bytes.asCharBuffer().put(text);
    out.writeInt(text.length());
    out.write(bytes.array());
  }

  @Override
  public Iterator<SentencePair> iterator() {
    try {
      return new Reading(
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InvalidInputException unreadable(IOException e) {
    return new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
  }

  private final class Reading implements Iterator<SentencePair> {
    private final DataInputStream in;
    private long left = size;

    Reading(DataInputStream in) {
      this.in = in;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public SentencePair next() {
      if (left == 0) {
        throw new NoSuchElementException("no more pairs");
      }
      try {
        SentencePair pair = new SentencePair(read(), read(), read());
        if (--left == 0) {
          in.close();
        }
        return pair;
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private String read() throws IOException {
      byte[] bytes = new byte[Character.BYTES * in.readInt()];
      in.readFully(bytes);
      return ByteBuffer.wrap(bytes).asCharBuffer().toString();
    }
  }
}
