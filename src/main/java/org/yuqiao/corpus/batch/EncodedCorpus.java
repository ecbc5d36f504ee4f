package org.yuqiao.corpus.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;

/**
 * Examples as token ids in a folder: shards of at most a million examples, and a manifest, which is
 * written last. The corpus may be larger than the heap; several processes may read it.
 */
public final class EncodedCorpus implements Iterable<Example> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";
  private static final int MAX_MANIFEST_BYTES = 256 << 20;

  private final Path folder;
  private final Manifest manifest;

  /**
   * One shard: a file of ids and a file of lengths.
   *
   * @param name of its files, without their endings
   * @param corpus the number of the corpus that it is from
   * @param pairs in it
   * @param ids of all sides together
   */
  record Shard(String name, int corpus, int pairs, long ids) {}

  /** The contents of a folder. */
  record Manifest(int corpora, long dropped, List<Shard> shards) {}

  private EncodedCorpus(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Writes {@code pairs} to {@code folder}, in place of what it holds.
   *
   * @param limit the maximum number of tokens of a side, at most 32,000; longer and empty pairs are
   *     left out
   * @throws InvalidInputException when no pair is left, or the folder cannot be written
   */
  public static EncodedCorpus write(Path folder, Iterator<Example> pairs, int limit) {
    return write(folder, pairs, new long[0], limit);
  }

  /**
   * Writes the pairs of several corpora, one corpus after the other.
   *
   * @param sizes the pairs of each; empty for one corpus
   */
  public static EncodedCorpus write(Path folder, Iterator<Example> pairs, long[] sizes, int limit) {
    int corpus = 0;
    long read = 0;
    long dropped = 0;
    List<Shard> shards;
    try {
      clear(folder);
      try (ShardWriter writer = new ShardWriter(folder)) {
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
            writer.append(corpus, pair);
          }
        }
        shards = writer.finish();
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + folder + ": " + IoError.message(e), e);
    }
    InvalidInputException.require(
        !shards.isEmpty(),
        "no sentence pair is left to train on: all "
            + dropped
            + " were empty or longer than "
            + limit
            + " tokens");
    Manifest manifest = new Manifest(Math.max(1, sizes.length), dropped, shards);
    AtomicFile.write(folder.resolve(MANIFEST), out -> JSON.writeValue(out, manifest));
    return new EncodedCorpus(folder, manifest);
  }

  /** Deletes what an earlier version or an interrupted process has left, the manifest first. */
  private static void clear(Path folder) throws IOException {
    if (Files.isRegularFile(folder)) {
      Files.delete(folder);
    }
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(MANIFEST));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(ShardWriter::isShard).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Whether {@code folder} holds a complete corpus. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /**
   * Opens a corpus that {@link #write} has written.
   *
   * @throws InvalidInputException when it is not complete or a file has another size
   */
  public static EncodedCorpus open(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      Manifest manifest = JSON.readValue(InputFile.bytes(file, MAX_MANIFEST_BYTES), Manifest.class);
      for (Shard shard : manifest.shards()) {
        ShardReader.requireSizes(folder, shard);
      }
      return new EncodedCorpus(folder, manifest);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + " is damaged: " + JsonError.message(e), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** The number of pairs. */
  public long size() {
    return shards().stream().mapToLong(Shard::pairs).sum();
  }

  /** The number of pairs left out as empty or too long. */
  public long dropped() {
    return manifest.dropped();
  }

  List<Shard> shards() {
    return manifest.shards();
  }

  /** The number of corpora, some of which may have no pair. */
  int corpora() {
    return manifest.corpora();
  }

  Path folder() {
    return folder;
  }

  /** Deletes the folder. */
  public void delete() {
    try {
      clear(folder);
      Files.delete(folder);
    } catch (IOException e) {
      throw new InvalidInputException("cannot delete " + folder + ": " + IoError.message(e), e);
    }
  }

  @Override
  public Iterator<Example> iterator() {
    Iterator<Shard> waiting = shards().iterator();
    return new Iterator<>() {
      private ShardReader reader = new ShardReader(folder, waiting.next());

      @Override
      public boolean hasNext() {
        while (!reader.hasNext() && waiting.hasNext()) {
          reader.close();
          reader = new ShardReader(folder, waiting.next());
        }
        if (!reader.hasNext()) {
          reader.close();
        }
        return reader.hasNext();
      }

      @Override
      public Example next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more examples");
        }
        int lengths = reader.next();
        return reader.example(reader.start(), lengths);
      }
    };
  }
}
