package org.yuqiao.corpus.batch;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.corpus.pair.Example;

/**
 * Writes examples to shards: {@code shard-N.ids}, the ids of source and target of each example as
 * big-endian int32, and {@code shard-N.lengths}, their numbers as two int16.
 */
final class ShardWriter implements Closeable {
  static final String IDS = ".ids";
  static final String LENGTHS = ".lengths";

  private static final String PREFIX = "shard-";
  private static final int MAX_PAIRS = 1 << 20;
  private static final int MAX_IDS = 1 << 24;

  private final Path folder;
  private final List<EncodedCorpus.Shard> done = new ArrayList<>();
  private Optional<Open> open = Optional.empty();

  /** The shard that is being written. */
  private static final class Open implements Closeable {
    private final String name;
    private final int corpus;
    private final SyncedOutput ids;
    private final SyncedOutput lengths;
    private int pairs;

    Open(Path folder, String name, int corpus) throws IOException {
      this.name = name;
      this.corpus = corpus;
      this.ids = new SyncedOutput(folder.resolve(name + IDS));
      this.lengths = new SyncedOutput(folder.resolve(name + LENGTHS));
    }

    void append(Example pair) throws IOException {
      lengths.data.writeShort(pair.source().length);
      lengths.data.writeShort(pair.target().length);
      for (int id : pair.source()) {
        ids.data.writeInt(id);
      }
      for (int id : pair.target()) {
        ids.data.writeInt(id);
      }
      pairs++;
    }

    int idCount() {
      return ids.data.size() / Integer.BYTES;
    }

    EncodedCorpus.Shard finish() throws IOException {
      ids.sync();
      lengths.sync();
      return new EncodedCorpus.Shard(name, corpus, pairs, idCount());
    }

    @Override
    public void close() throws IOException {
      try (ids;
          lengths) {
        // Both are closed, whatever happens.
      }
    }
  }

  /** A file that is on the disk once it is synced. */
  private static final class SyncedOutput implements Closeable {
    private final FileOutputStream file;
    private final DataOutputStream data;

    SyncedOutput(Path path) throws IOException {
      this.file = new FileOutputStream(path.toFile());
      this.data = new DataOutputStream(new BufferedOutputStream(file, 1 << 18));
    }

    void sync() throws IOException {
      data.flush();
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  ShardWriter(Path folder) {
    this.folder = folder;
  }

  /** Whether {@code file} is of a shard, by its name. */
  static boolean isShard(Path file) {
    return file.getFileName().toString().startsWith(PREFIX);
  }

  /** Appends an example; shards do not cross the border between corpora. */
  void append(int corpus, Example pair) throws IOException {
    int ids = pair.source().length + pair.target().length;
    if (open.isPresent() && isFull(open.get(), corpus, ids)) {
      endShard();
    }
    if (open.isEmpty()) {
      String name = String.format(Locale.ROOT, PREFIX + "%06d", done.size());
      open = Optional.of(new Open(folder, name, corpus));
    }
    open.get().append(pair);
  }

  private static boolean isFull(Open shard, int corpus, int ids) {
    return shard.corpus != corpus || shard.pairs == MAX_PAIRS || shard.idCount() + ids > MAX_IDS;
  }

  private void endShard() throws IOException {
    if (open.isPresent()) {
      try (Open shard = open.get()) {
        done.add(shard.finish());
      }
      open = Optional.empty();
    }
  }

  /** Ends the last shard; returns all. */
  List<EncodedCorpus.Shard> finish() throws IOException {
    endShard();
    return List.copyOf(done);
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
