package org.yuqiao.corpus.batch;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Examples as token ids in a memory-mapped file, so that the corpus may be larger than the heap,
 * which holds twelve bytes a pair.
 */
public final class EncodedCorpus implements Iterable<Example> {
  /** Maximum number of ids in a mapped piece of the file; a pair never crosses a border. */
  private static final int PIECE = 1 << 26;

  private final List<IntBuffer> maps;
  private final long[] starts;
  private final short[] sourceLengths;
  private final short[] targetLengths;
  private final int[] ends;
  private final long dropped;

  private EncodedCorpus(List<IntBuffer> maps, Index index, int[] ends, long dropped) {
    this.maps = maps;
    this.starts = Arrays.copyOf(index.starts, index.size);
    this.sourceLengths = Arrays.copyOf(index.sources, index.size);
    this.targetLengths = Arrays.copyOf(index.targets, index.size);
    this.ends = ends.clone();
    this.dropped = dropped;
  }

  /** Positions and lengths of the pairs, in growing arrays. */
  private static final class Index {
    private long[] starts = new long[1024];
    private short[] sources = new short[1024];
    private short[] targets = new short[1024];
    private int size;

    void add(long start, Example pair) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        sources = Arrays.copyOf(sources, 2 * size);
        targets = Arrays.copyOf(targets, 2 * size);
      }
      starts[size] = start;
      sources[size] = (short) pair.source().length;
      targets[size] = (short) pair.target().length;
      size++;
    }
  }

  /** Appends pairs to a file so that none crosses the border of a mapped piece. */
  private static final class Appender {
    private final DataOutputStream out;
    private final Index index = new Index();
    private long position;

    Appender(DataOutputStream out) {
      this.out = out;
    }

    void append(Example pair) throws IOException {
      int length = pair.source().length + pair.target().length;
      long room = PIECE - position % PIECE;
      for (long i = 0; length > room && i < room; i++) {
        out.writeInt(0);
        position++;
      }
      index.add(position, pair);
      write(pair.source());
      write(pair.target());
    }

    private void write(int[] ids) throws IOException {
      for (int id : ids) {
        out.writeInt(id);
      }
      position += ids.length;
    }
  }

  /**
   * Writes {@code pairs} to {@code file} and maps it.
   *
   * @param limit the maximum number of tokens of a side, at most 32,000; longer and empty pairs are
   *     left out
   * @throws InvalidInputException when no pair is left, or the file cannot be written
   */
  public static EncodedCorpus write(Path file, Iterator<Example> pairs, int limit) {
    return write(file, pairs, new long[0], limit);
  }

  /**
   * Writes the pairs of several corpora, one corpus after the other.
   *
   * @param sizes the pairs of each; empty for one corpus
   */
  public static EncodedCorpus write(Path file, Iterator<Example> pairs, long[] sizes, int limit) {
    int[] ends = new int[Math.max(1, sizes.length)];
    int corpus = 0;
    long read = 0;
    long dropped = 0;
    Index index;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      Appender appender = new Appender(out);
      while (pairs.hasNext()) {
        Example pair = pairs.next();
        while (corpus < sizes.length - 1 && read == sizes[corpus]) {
          corpus++;
          read = 0;
        }
        read++;
        int shorter = Math.min(pair.source().length, pair.target().length);
        int longer = Math.max(pair.source().length, pair.target().length);
        if (shorter == 0 || longer > limit) {
          dropped++;
        } else {
          appender.append(pair);
        }
        Arrays.fill(ends, corpus, ends.length, appender.index.size);
      }
      index = appender.index;
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
    if (index.size == 0) {
      throw new InvalidInputException(
          "no sentence pair is left to train on: all "
              + dropped
              + " were empty or longer than "
              + limit
              + " tokens");
    }
    return new EncodedCorpus(map(file), index, ends, dropped);
  }

  private static List<IntBuffer> map(Path file) {
    List<IntBuffer> maps = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = (long) PIECE * Integer.BYTES;
      for (long at = 0; at < channel.size(); at += bytes) {
        long length = Math.min(bytes, channel.size() - at);
        maps.add(channel.map(FileChannel.MapMode.READ_ONLY, at, length).asIntBuffer());
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
    return maps;
  }

  /** The number of pairs. */
  public int size() {
    return starts.length;
  }

  /** The number of pairs up to the end of each corpus, in order. */
  int[] ends() {
    return ends.clone();
  }

  /** The number of pairs left out as empty or too long. */
  public long dropped() {
    return dropped;
  }

  /** Tokens of a pair's source side, {@code <eos>} not counted. */
  int sourceLength(int pair) {
    return sourceLengths[pair];
  }

  /** Tokens of a pair's target side, {@code <eos>} not counted. */
  int targetLength(int pair) {
    return targetLengths[pair];
  }

  /** One pair. */
  public Example get(int pair) {
    IntBuffer map = maps.get((int) (starts[pair] / PIECE));
    int at = (int) (starts[pair] % PIECE);
    int[] source = new int[sourceLengths[pair]];
    int[] target = new int[targetLengths[pair]];
    map.get(at, source);
    map.get(at + source.length, target);
    return new Example(source, target);
  }

  @Override
  public Iterator<Example> iterator() {
    return IntStream.range(0, size()).mapToObj(this::get).iterator();
  }
}
