package org.yuqiao.corpus.clean;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusConverter;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.LineFormat;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.shard.Shard;
import org.yuqiao.files.shard.ShardManifest;
import org.yuqiao.files.shard.ShardWriter;
import org.yuqiao.files.shard.ShardedFolder;

/**
 * A folder of cleaned pairs in shards. A shard holds those that are kept of a fixed number of
 * consecutive pairs, so that the folder is the same whichever engine wrote it.
 */
public final class CleanedShards {
  /** The extension of a shard's name. */
  public static final String EXTENSION = ".tsv";

  /** The number of pairs of the corpora that make a shard, unless another is given. */
  public static final int PAIRS = 250_000;

  private CleanedShards() {}

  /** A kept pair as a line of a shard. */
  public static String line(SentencePair pair) {
    return CorpusConverter.tabSeparated(pair);
  }

  /** The manifest of the shards of corpora with these counts. */
  public static ShardManifest manifest(
      CleaningCounts counts, int pairsPerShard, List<Shard> shards) {
    return new ShardManifest(LineFormat.SHARD_CONTENT, pairsPerShard, counts.asMap(), shards);
  }

  /**
   * Cleans corpora and writes the kept pairs into a new folder; what a writing that was killed left
   * there is replaced.
   *
   * @param pairsPerShard the number of pairs of the corpora that make a shard
   * @param progress receives 1 for each pair
   * @throws org.yuqiao.files.InvalidInputException when a corpus cannot be read, no pair is kept,
   *     or the folder holds something else
   */
  public static CleaningCounts write(
      List<CorpusFiles> corpora,
      Cleaning cleaning,
      Path folder,
      int pairsPerShard,
      LongConsumer progress) {
    ShardedFolder.clear(folder);
    CleaningCounts counts = new CleaningCounts();
    List<Shard> shards = new ArrayList<>();
    try (Pairs pairs = new Pairs(corpora)) {
      while (pairs.hasNext()) {
        String name = Shard.name(shards.size(), EXTENSION);
        AtomicFile.write(
            folder.resolve(name),
            out -> {
              ShardWriter writer = new ShardWriter(out);
              for (int i = 0; i < pairsPerShard && pairs.hasNext(); i++) {
                SentencePair pair = pairs.next();
                Cleaning.Outcome outcome = cleaning.apply(pair);
                counts.add(pair, outcome);
                progress.accept(1);
                if (outcome.kept()) {
                  writer.line(line(outcome.pair()));
                }
              }
              shards.add(writer.finish(name));
            });
      }
    }
    counts.requireKept(corpora.stream().map(CorpusFiles::name).toList());
    ShardedFolder.complete(folder, manifest(counts, pairsPerShard, shards));
    return counts;
  }

  /** The pairs of several corpora, one corpus after the other. */
  private static final class Pairs implements Iterator<SentencePair>, AutoCloseable {
    private final Iterator<CorpusFiles> corpora;
    private PairRecordReader reader;

    Pairs(List<CorpusFiles> corpora) {
      this.corpora = corpora.iterator();
      this.reader = this.corpora.next().open();
    }

    @Override
    public boolean hasNext() {
      while (!reader.hasNext() && corpora.hasNext()) {
        reader.close();
        reader = corpora.next().open();
      }
      return reader.hasNext();
    }

    @Override
    public SentencePair next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more pairs");
      }
      return reader.nextPair();
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
