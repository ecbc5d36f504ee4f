package org.yuqiao.corpus.batch;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Reads one shard from its beginning to its end: lengths first, and the ids of those examples that
 * are wanted, in the same order.
 */
final class ShardReader implements Closeable {
  /** Ids in memory; more than an example has. */
  private static final int WINDOW = 1 << 16;

  private final Path idFile;
  private final Path lengthFile;
  private final EncodedCorpus.Shard shard;
  private final DataInputStream lengths;
  private int read;
  private long start;
  private long next;
  private Optional<FileChannel> ids = Optional.empty();
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  ShardReader(Path folder, EncodedCorpus.Shard shard) {
    this.shard = shard;
    this.idFile = folder.resolve(shard.name() + ShardWriter.IDS);
    this.lengthFile = folder.resolve(shard.name() + ShardWriter.LENGTHS);
    try {
      this.lengths =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(lengthFile), 1 << 16));
    } catch (IOException e) {
      throw unreadable(lengthFile, e);
    }
  }

  private static InvalidInputException unreadable(Path file, IOException e) {
    return new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
  }

  /** Refuses a shard whose files have other sizes than the manifest says. */
  static void requireSizes(Path folder, EncodedCorpus.Shard shard) throws IOException {
    requireSize(folder.resolve(shard.name() + ShardWriter.IDS), shard.ids() * Integer.BYTES);
    requireSize(
        folder.resolve(shard.name() + ShardWriter.LENGTHS), (long) shard.pairs() * Integer.BYTES);
  }

  private static void requireSize(Path file, long expected) throws IOException {
    long actual = Files.size(file);
    InvalidInputException.require(
        actual == expected,
        file + " is damaged: it has " + actual + " bytes; the manifest says " + expected);
  }

  /** Whether there is another example. */
  boolean hasNext() {
    return read < shard.pairs();
  }

  /** The lengths of the next example: those of the source times 2^16, plus those of the target. */
  int next() {
    try {
      int value = lengths.readInt();
      read++;
      start = next;
      next += source(value) + target(value);
      return value;
    } catch (IOException e) {
      throw unreadable(lengthFile, e);
    }
  }

  /** The position of the first id of the example that {@link #next} returned last. */
  long start() {
    return start;
  }

  static int source(int lengths) {
    return lengths >>> 16;
  }

  static int target(int lengths) {
    return lengths & 0xFFFF;
  }

  /** The example at {@code from}, which is at or after that of the last call. */
  Example example(long from, int lengths) {
    int count = source(lengths) + target(lengths);
    if (from + count > windowStart + window.limit() / Integer.BYTES) {
      fill(from);
    }
    int at = Math.toIntExact(from - windowStart) * Integer.BYTES;
    int[] source = new int[source(lengths)];
    int[] target = new int[target(lengths)];
    window.position(at).asIntBuffer().get(source).get(target);
    return new Example(source, target);
  }

  private void fill(long from) {
    try {
      if (ids.isEmpty()) {
        ids = Optional.of(FileChannel.open(idFile));
        window = ByteBuffer.allocate(WINDOW * Integer.BYTES);
      }
      window.clear();
      windowStart = from;
      long end = shard.ids() * Integer.BYTES;
      long at = from * Integer.BYTES;
      window.limit((int) Math.min(window.capacity(), end - at));
      while (window.hasRemaining()) {
        int count = ids.get().read(window, at + window.position());
        InvalidInputException.require(count > 0, idFile + " is damaged: it ends too early");
      }
      window.flip();
    } catch (IOException e) {
      throw unreadable(idFile, e);
    }
  }

  @Override
  public void close() {
    try (lengths) {
      if (ids.isPresent()) {
        ids.get().close();
      }
    } catch (IOException e) {
      throw unreadable(idFile, e);
    }
  }
}
