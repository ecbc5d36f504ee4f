package org.yuqiao.corpus.read;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.Utf8Lines;
import org.yuqiao.files.shard.Shard;
import org.yuqiao.files.shard.ShardManifest;
import org.yuqiao.files.shard.ShardedFolder;

/** Reads a folder of cleaned pairs in shards, in the order of its manifest. */
public final class ShardsRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;
  private static final LineFormat FORMAT = LineFormat.ofShards();

  private final String folder;
  private transient Iterator<Shard> shards;
  private transient Optional<Utf8Lines> lines = Optional.empty();

  /** Reads the shards in {@code folder}. */
  public ShardsRecordReader(Path folder) {
    this.folder = folder.toString();
  }

  /**
   * The manifest of a folder of cleaned pairs.
   *
   * @throws org.yuqiao.files.InvalidInputException when it is something else, or unfinished
   */
  static ShardManifest manifest(Path folder) {
    ShardManifest manifest = ShardedFolder.open(folder);
    manifest.requireContent(folder.toString(), LineFormat.SHARD_CONTENT);
    return manifest;
  }

  @Override
  protected void open() {
    close();
    shards = manifest(Path.of(folder)).shards().iterator();
  }

  @Override
  protected Optional<SentencePair> read() {
    while (true) {
      if (lines.isPresent()) {
        Utf8Lines shard = lines.get();
        Optional<String> line = shard.next();
        if (line.isPresent()) {
          return FORMAT.pair(line.get(), shard.name() + ", line " + shard.lineNumber());
        }
        close();
      }
      if (!shards.hasNext()) {
        return Optional.empty();
      }
      lines = Optional.of(Utf8Lines.open(ShardedFolder.verified(Path.of(folder), shards.next())));
    }
  }

  @Override
  public void close() {
    lines.ifPresent(Utf8Lines::close);
    lines = Optional.empty();
  }
}
