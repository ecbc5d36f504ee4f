package org.yuqiao.corpus.batch;

import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * The examples of an {@link EncodedCorpus} by their numbers. Ids are memory-mapped; the heap holds
 * twelve bytes an example.
 */
final class IndexedCorpus {
  private final List<IntBuffer> maps = new ArrayList<>();
  private final int[] ends;
  private final int[] lengths;

  /** The shard of each example times 2^32, plus the position of its first id there. */
  private final long[] starts;

  /** Reads the lengths of all examples; there may be 2^31 - 1 at most. */
  IndexedCorpus(EncodedCorpus corpus) {
    int size = Math.toIntExact(corpus.size());
    this.lengths = new int[size];
    this.starts = new long[size];
    this.ends = new int[corpus.corpora()];
    int pair = 0;
    for (EncodedCorpus.Shard shard : corpus.shards()) {
      long number = maps.size();
      maps.add(map(corpus.folder().resolve(shard.name() + ShardWriter.IDS)));
      try (ShardReader reader = new ShardReader(corpus.folder(), shard)) {
        for (; reader.hasNext(); pair++) {
          lengths[pair] = reader.next();
          starts[pair] = number << 32 | reader.start();
        }
      }
      for (int i = shard.corpus(); i < ends.length; i++) {
        ends[i] = pair;
      }
    }
  }

  private static IntBuffer map(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).asIntBuffer();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  int size() {
    return starts.length;
  }

  /** The number of pairs up to the end of each corpus, in order. */
  int[] ends() {
    return ends.clone();
  }

  /** Tokens of a pair's source side, {@code <eos>} not counted. */
  int sourceLength(int pair) {
    return ShardReader.source(lengths[pair]);
  }

  /** Tokens of a pair's target side, {@code <eos>} not counted. */
  int targetLength(int pair) {
    return ShardReader.target(lengths[pair]);
  }

  /** One pair. */
  Example get(int pair) {
    IntBuffer map = maps.get((int) (starts[pair] >> 32));
    int at = (int) starts[pair];
    int[] source = new int[sourceLength(pair)];
    int[] target = new int[targetLength(pair)];
    map.get(at, source);
    map.get(at + source.length, target);
    return new Example(source, target);
  }
}
