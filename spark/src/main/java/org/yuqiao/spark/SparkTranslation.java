package org.yuqiao.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.yuqiao.cli.cluster.TranslationJob;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.shard.Shard;
import org.yuqiao.files.shard.ShardManifest;
import org.yuqiao.files.shard.ShardWriter;
import scala.Tuple2;

/**
 * Translation on a cluster: shards of consecutive lines, each translated by one task with all cores
 * of its executor. The shards in order are the output of one machine.
 */
final class SparkTranslation {
  /** Lines that are translated together. */
  private static final int CHUNK = 2000;

  private final JavaSparkContext context;
  private final TranslationJob job;
  private final int threads;

  SparkTranslation(JavaSparkContext context, TranslationJob job, int threads) {
    this.context = context;
    this.job = job;
    this.threads = threads;
  }

  /** Every line is a record. */
  private record AllLines() implements NumberedLines.Rule {
    @Override
    public boolean hasHeader(String path) {
      return false;
    }

    @Override
    public boolean skipsBlankLines(String path) {
      return false;
    }
  }

  /** Writes the translations into {@code name} and returns the number of lines. */
  long write(String name) {
    ClusterFiles files = new ClusterFiles(context.hadoopConfiguration());
    List<ClusterFiles.Named> named = files.of(job.inputs(), Optional.empty());
    named.forEach(ClusterFiles::requireReadable);
    ShardHashes.check(context, named);
    ShardFolder folder = ShardFolder.create(name, context.hadoopConfiguration());
    List<String> zips = sendModels();
    NumberedLines lines = NumberedLines.of(context, named, new AllLines());
    JavaPairRDD<Long, String> texts =
        Shuffle.sorted(
            JavaPairRDD.fromJavaRDD(lines.map(SparkTranslation::texts)),
            new ShardPartitioner(lines.count(), job.linesPerShard()),
            new Duplicates.ByNumber(),
            Long.class,
            String.class);
    String application = context.sc().applicationId();
    List<String> arguments = List.copyOf(job.arguments());
    int modelThreads = threads;
    try {
      List<Shard> shards =
          texts
              .mapPartitions(
                  (Iterator<Tuple2<Long, String>> own) -> {
                    ExecutorModel model =
                        ExecutorModel.of(application, arguments, zips, modelThreads);
                    String file = Shard.name(TaskContext.getPartitionId(), ".txt");
                    return List.of(folder.write(file, out -> translate(own, model, out)))
                        .iterator();
                  })
              .collect();
      folder.complete(
          new ShardManifest(
              "translations", job.linesPerShard(), Map.of("lines", lines.count()), shards));
    } finally {
      ExecutorModel.close(application);
    }
    return lines.count();
  }

  private static Iterator<Tuple2<Long, String>> texts(
      String path, Iterator<NumberedLines.Line> lines) {
    return new Selected<>(
        lines, line -> Optional.of(new Tuple2<>(line.index(), line.lenientText(path))));
  }

  private static void translate(
      Iterator<Tuple2<Long, String>> lines, ExecutorModel model, ShardWriter out)
      throws IOException {
    while (lines.hasNext()) {
      Tuple2<Long, String> line = lines.next();
      long first = line._1() + 1;
      List<String> chunk = new ArrayList<>();
      chunk.add(line._2());
      while (chunk.size() < CHUNK && lines.hasNext()) {
        chunk.add(lines.next()._2());
      }
      for (String translation : model.translate(chunk, first)) {
        out.line(translation);
      }
    }
  }

  /** Sends the models to all executors; returns the names of their files there. */
  private List<String> sendModels() {
    List<String> zips = new ArrayList<>();
    try {
      Path packed = Files.createTempDirectory("yuqiao-models");
      for (Path model : job.models()) {
        InvalidInputException.require(
            Files.isDirectory(model), "there is no folder " + model + " with a model");
        Path zip = packed.resolve("model-" + zips.size() + ".zip");
        ExecutorModel.pack(model, zip);
        zip.toFile().deleteOnExit();
        context.addFile(zip.toUri().toString());
        zips.add(zip.getFileName().toString());
      }
      packed.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new InvalidInputException("cannot pack the model: " + IoError.message(e), e);
    }
    return zips;
  }
}
