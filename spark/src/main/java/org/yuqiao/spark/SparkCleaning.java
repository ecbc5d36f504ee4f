package org.yuqiao.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.yuqiao.cli.cluster.CleaningJob;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CleaningCounts;
import org.yuqiao.corpus.clean.CorpusCheck;
import org.yuqiao.corpus.clean.HeldOutSentences;
import org.yuqiao.corpus.read.LineFormat;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.shard.Shard;
import scala.Tuple2;

/**
 * Cleaning on a cluster. The steps that look at a pair alone run where its file is read; then pairs
 * move into shards by their index, repeated ones are found by hash, and what is left is compared
 * with the held-out sentences. Everything is counted where a shard is finished, so a task that is
 * lost and repeated counts once.
 */
final class SparkCleaning {
  /** Keys of pairs that are sorted in one task. */
  private static final int KEYS = 4_000_000;

  private final JavaSparkContext context;
  private final CleaningJob job;
  private final Map<String, CorpusSource> sources;
  private final NumberedLines lines;

  private SparkCleaning(
      JavaSparkContext context,
      CleaningJob job,
      Map<String, CorpusSource> sources,
      NumberedLines lines) {
    this.context = context;
    this.job = job;
    this.sources = sources;
    this.lines = lines;
  }

  /**
   * Finds the files of {@code job}, their formats and the numbers of their lines.
   *
   * @throws InvalidInputException when a file is missing or does not have one pair a line
   */
  static SparkCleaning of(JavaSparkContext context, CleaningJob job) {
    InvalidInputException.require(
        job.settings().nearDuplicates() == 0,
        "--near-duplicates compares each pair with all before it and needs one machine; leave out"
            + " --engine spark");
    ClusterFiles files = new ClusterFiles(context.hadoopConfiguration());
    List<ClusterFiles.Named> named = files.of(job.corpora(), Optional.of(LineFormat.SHARD_CONTENT));
    ShardHashes.check(context, named);
    Map<String, CorpusSource> sources = new LinkedHashMap<>();
    for (ClusterFiles.Named file : named) {
      sources.put(file.path().toString(), new CorpusSource(file.name(), format(files, file, job)));
    }
    return new SparkCleaning(
        context, job, sources, NumberedLines.of(context, named, new PairLines(sources)));
  }

  private static LineFormat format(ClusterFiles files, ClusterFiles.Named file, CleaningJob job) {
    if (file.shard().isPresent()) {
      return LineFormat.ofShards();
    }
    try (InputStream in = files.open(file)) {
      return LineFormat.of(Path.of(file.path().getName()), job.columns(), in, file.name());
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file.name() + ": " + IoError.message(e), e);
    }
  }

  /** Which lines are pairs, by the formats of their files. */
  private record PairLines(Map<String, CorpusSource> sources) implements NumberedLines.Rule {
    @Override
    public boolean hasHeader(String path) {
      return sources.get(path).format().hasHeader();
    }

    @Override
    public boolean skipsBlankLines(String path) {
      return sources.get(path).format().skipsBlankLines();
    }
  }

  /** A part of the result: the lines for dropped pairs and the counts. */
  private record Report(List<String> lines, CleaningCounts counts) implements Serializable {}

  private record Written(Shard shard, CleaningCounts counts) implements Serializable {}

  /** Passes on a line for each dropped pair, in order, and returns the counts. */
  CleaningCounts check(Consumer<String> dropped) {
    JavaRDD<Report> reports =
        judged(
            CleanedShards.PAIRS,
            pairs -> {
              List<String> report = new ArrayList<>();
              CleaningCounts counts = new CleaningCounts();
              pairs.forEachRemaining(
                  pair -> {
                    counts.add(pair.outcome().droppedBy(), pair.changed());
                    if (!pair.outcome().kept()) {
                      report.add(CorpusCheck.line(pair.outcome()));
                    }
                  });
              return new Report(report, counts);
            });
    CleaningCounts counts = new CleaningCounts();
    int shards = reports.getNumPartitions();
    int together = 2 * context.defaultParallelism();
    for (int first = 0; first < shards; first += together) {
      int[] some = IntStream.range(first, Math.min(shards, first + together)).toArray();
      for (List<Report> ofShard : reports.collectPartitions(some)) {
        for (Report report : ofShard) {
          report.lines().forEach(dropped);
          counts.add(report.counts());
        }
      }
    }
    return counts;
  }

  /** Writes shards of kept pairs into {@code name} and returns the counts. */
  CleaningCounts write(String name, int pairsPerShard) {
    ShardFolder folder = ShardFolder.create(name, context.hadoopConfiguration());
    List<Written> written =
        judged(
                pairsPerShard,
                pairs -> {
                  CleaningCounts counts = new CleaningCounts();
                  Shard shard =
                      folder.write(
                          Shard.name(TaskContext.getPartitionId(), CleanedShards.EXTENSION),
                          writer -> {
                            while (pairs.hasNext()) {
                              JudgedPair pair = pairs.next();
                              counts.add(pair.outcome().droppedBy(), pair.changed());
                              if (pair.outcome().kept()) {
                                writer.line(CleanedShards.line(pair.outcome().pair()));
                              }
                            }
                          });
                  return new Written(shard, counts);
                })
            .collect();
    CleaningCounts counts = new CleaningCounts();
    written.forEach(part -> counts.add(part.counts()));
    counts.requireKept(job.corpora());
    folder.complete(
        CleanedShards.manifest(
            counts, pairsPerShard, written.stream().map(Written::shard).toList()));
    return counts;
  }

  /** What is done with the judged pairs of a shard. */
  interface ShardWork<R> extends Serializable {
    R of(Iterator<JudgedPair> pairs);
  }

  /** The number of pairs, kept or not. */
  long pairs() {
    return lines.count();
  }

  /** What {@code work} makes of the pairs of each shard, in order. */
  <R> JavaRDD<R> judged(int pairsPerShard, ShardWork<R> work) {
    ShardPartitioner shards = new ShardPartitioner(lines.count(), pairsPerShard);
    JavaPairRDD<Long, byte[]> pairs =
        Shuffle.sorted(
            JavaPairRDD.fromJavaRDD(lines.map(new TextSteps(job.settings(), sources))),
            shards,
            new Duplicates.ByNumber(),
            Long.class,
            byte[].class);
    Broadcast<HeldOutSentences> heldOut =
        context.broadcast(HeldOutSentences.read(job.heldOut(), job.settings().simplify()));
    FlatMapFunction2<Iterator<Tuple2<Long, byte[]>>, Iterator<Tuple2<Long, Boolean>>, R> finish =
        (own, repeated) ->
            List.of(work.of(new Selected<>(own, new PairComparison(repeated, heldOut.value())::of)))
                .iterator();
    return pairs.zipPartitions(repeated(pairs, shards), finish);
  }

  private JavaPairRDD<Long, Boolean> repeated(
      JavaPairRDD<Long, byte[]> pairs, ShardPartitioner shards) {
    boolean compares = job.settings().dropDuplicates();
    JavaPairRDD<byte[], Boolean> keys =
        pairs.mapPartitionsToPair(
            own -> new Selected<>(own, pair -> compares ? key(pair) : Optional.empty()));
    long tasks = Math.max(context.defaultParallelism(), lines.count() / KEYS);
    return Duplicates.of(keys, shards, Math.toIntExact(tasks));
  }

  /** The key of a pair that the steps so far keep. */
  private static Optional<Tuple2<byte[], Boolean>> key(Tuple2<Long, byte[]> pair) {
    Cleaning.Outcome outcome = JudgedPair.of(pair._2()).outcome();
    return outcome.kept()
        ? Optional.of(new Tuple2<>(Duplicates.key(outcome.pair(), pair._1()), true))
        : Optional.empty();
  }
}
