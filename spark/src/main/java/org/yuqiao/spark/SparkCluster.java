package org.yuqiao.spark;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.LoggerFactory;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.files.InvalidInputException;

/** A connection to a Spark cluster, whose failures become one sentence. */
public final class SparkCluster implements AutoCloseable {
  /** They warn of what is usual on one machine, or repeat the failure that a task ended with. */
  private static final List<String> QUIET =
      List.of(
          "org.apache.spark.executor.Executor",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.hadoop.util.NativeCodeLoader",
          "org.apache.spark.util.Utils",
          "org.apache.spark.deploy.worker.Worker");

  static {
    QUIET.forEach(SparkCluster::silence);
  }

  private final JavaSparkContext context;

  private SparkCluster(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Connects to the cluster of {@code settings}.
   *
   * @param name of the work, for the cluster's pages
   * @throws InvalidInputException when the cluster cannot be reached
   */
  public static SparkCluster open(ClusterSettings settings, String name) {
    return open(SparkSettings.of(settings), name);
  }

  /** The same for tasks that compute with all cores of an executor. */
  public static SparkCluster openForModels(ClusterSettings settings, String name) {
    return open(SparkSettings.ofModels(settings), name);
  }

  /** The same with a configuration. */
  static SparkCluster open(SparkConf conf, String name) {
    try {
      return new SparkCluster(new JavaSparkContext(conf.setAppName(name)));
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "cannot connect to Spark at " + conf.get("spark.master") + ": " + reason(e), e);
    }
  }

  private static void silence(String logger) {
    if (LoggerFactory.getLogger(logger) instanceof Logger logback) {
      logback.setLevel(Level.OFF);
    }
  }

  /** Spark's own entry point. */
  public JavaSparkContext context() {
    return context;
  }

  /**
   * Does {@code work} on the cluster.
   *
   * @throws InvalidInputException that a task threw, or with the reason of Spark's failure
   */
  public <T> T run(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark's methods are Scala's, which do not declare what they throw.
      throw inWords(e);
    }
  }

  private static InvalidInputException inWords(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException sentence) {
        return new InvalidInputException(sentence.getMessage(), failure);
      }
    }
    return new InvalidInputException("Spark could not finish: " + reason(failure), failure);
  }

  /** The first line of what Spark says, without the traces that follow. */
  private static String reason(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }

  @Override
  public void close() {
    context.close();
  }
}
