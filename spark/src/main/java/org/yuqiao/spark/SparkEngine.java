package org.yuqiao.spark;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.yuqiao.cli.cluster.CleaningJob;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.cli.cluster.TrainingJob;
import org.yuqiao.cli.cluster.TranslationJob;
import org.yuqiao.corpus.clean.CleaningCounts;
import org.yuqiao.spark.train.SparkTraining;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/** The commands of {@code --engine spark}; the core finds this class as a service. */
public final class SparkEngine implements ClusterEngine {
  @Override
  public CleaningCounts check(ClusterSettings settings, CleaningJob job, Consumer<String> lines) {
    try (SparkCluster cluster = SparkCluster.open(settings, "yuqiao data check")) {
      return cluster.run(() -> SparkCleaning.of(cluster.context(), job).check(lines));
    }
  }

  @Override
  public CleaningCounts clean(
      ClusterSettings settings, CleaningJob job, String folder, int pairsPerShard) {
    try (SparkCluster cluster = SparkCluster.open(settings, "yuqiao data clean")) {
      return cluster.run(
          () -> SparkCleaning.of(cluster.context(), job).write(folder, pairsPerShard));
    }
  }

  @Override
  public long translate(ClusterSettings settings, TranslationJob job, String folder) {
    int threads = SparkSettings.coresOfExecutor(settings);
    try (SparkCluster cluster = SparkCluster.openForModels(settings, "yuqiao translate")) {
      return cluster.run(() -> new SparkTranslation(cluster.context(), job, threads).write(folder));
    }
  }

  @Override
  public boolean train(
      ClusterSettings settings,
      TrainingJob job,
      Consumer<String> messages,
      AtomicBoolean stopRequested) {
    SparkConf conf = SparkSettings.ofReplicas(settings);
    int replicas = SparkSettings.executors(settings);
    int threads = SparkSettings.coresOfExecutor(settings);
    try (SparkCluster cluster = SparkCluster.open(conf, "yuqiao train")) {
      return cluster.run(
          () ->
              new SparkTraining(
                      cluster.context(), job, tokenizers(cluster, job, messages), replicas, threads)
                  .run(messages, stopRequested));
    }
  }

  /** The tokenizers of a new run that the executors count for; the others its replica learns. */
  private static Map<Language, Tokenizer> tokenizers(
      SparkCluster cluster, TrainingJob job, Consumer<String> messages) {
    if (new RunFolder(job.folder()).exists() || !SubwordCounts.suit(job.settings())) {
      return Map.of();
    }
    messages.accept("the executors count subwords");
    return SubwordCounts.learn(cluster.context(), job.settings());
  }
}
