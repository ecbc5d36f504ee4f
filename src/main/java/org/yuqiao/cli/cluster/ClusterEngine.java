package org.yuqiao.cli.cluster;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.yuqiao.corpus.clean.CleaningCounts;

/** Runs commands on a cluster, with the results of one machine. */
public interface ClusterEngine {
  /**
   * Checks corpora as {@code data check} does.
   *
   * @param lines receives a line for each dropped pair, in order
   */
  CleaningCounts check(ClusterSettings cluster, CleaningJob job, Consumer<String> lines);

  /**
   * Cleans corpora as {@code data clean} does.
   *
   * @param folder an empty or new folder of a file system that all machines see
   * @param pairsPerShard the number of pairs of the corpora that make a shard
   */
  CleaningCounts clean(ClusterSettings cluster, CleaningJob job, String folder, int pairsPerShard);

  /**
   * Translates lines as {@code translate} does.
   *
   * @param folder as of {@link #clean}
   * @return the number of lines
   */
  long translate(ClusterSettings cluster, TranslationJob job, String folder);

  /**
   * Trains as {@code train} does, each executor a replica.
   *
   * @param messages receives lines for the user
   * @param stopRequested stops training with a checkpoint when set, which the engine does on Ctrl-C
   * @return false when training was stopped
   */
  boolean train(
      ClusterSettings cluster,
      TrainingJob job,
      Consumer<String> messages,
      AtomicBoolean stopRequested);
}
