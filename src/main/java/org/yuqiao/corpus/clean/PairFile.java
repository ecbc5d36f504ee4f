package org.yuqiao.corpus.clean;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Sentence pairs in a working file, so that a corpus larger than memory is cleaned once and read
 * often. A string is its length and its UTF-16 code units, so every string survives.
 */
public final class PairFile implements Iterable<SentencePair> {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long[] sizes;

  private PairFile(Path file, long[] sizes) {
    this.file = file;
    this.sizes = sizes.clone();
  }

  /**
   * Writes the kept pairs of {@code corpus}, replacing what {@code file} holds.
   *
   * @throws InvalidInputException when the file cannot be written, or the corpus cannot be used
   */
  public static PairFile write(Path file, CleanedCorpus corpus) {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      return new PairFile(file, corpus.forEach(pair -> write(out, pair)));
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
  }

  private static void write(DataOutputStream out, SentencePair pair) {
    try {
      for (String text : List.of(pair.chinese(), pair.english(), pair.origin())) {
        ByteBuffer units = ByteBuffer.allocate(Character.BYTES * text.length());
        units.asCharBuffer().put(text);
        out.writeInt(units.capacity());
        out.write(units.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pairs of each corpus, in the order of the corpora. */
  public long[] sizes() {
    return sizes.clone();
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
    return new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
  }

  private final class Reading implements Iterator<SentencePair> {
    private final DataInputStream in;
    private long left = LongStream.of(sizes).sum();

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
      byte[] units = new byte[in.readInt()];
      in.readFully(units);
      return ByteBuffer.wrap(units).asCharBuffer().toString();
    }
  }
}
