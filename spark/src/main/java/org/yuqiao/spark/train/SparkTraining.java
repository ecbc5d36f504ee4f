package org.yuqiao.spark.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SignalUtils;
import org.yuqiao.cli.cluster.TrainingJob;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.BpeTokenizer;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;
import scala.Function0;

/**
 * The driver of a training: a barrier stage of replicas, repeated from the last checkpoint when an
 * executor is lost. Spark does not repeat such a stage itself.
 */
public final class SparkTraining {
  /** Attempts in a row that may fail without a new checkpoint. */
  private static final int MAX_ATTEMPTS = 4;

  private static final int POLL_MILLISECONDS = 500;

  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final Map<Language, Tokenizer> tokenizers;
  private final int replicas;
  private final int threads;

  /**
   * Prepares a training.
   *
   * @param tokenizers of a new run, as far as they are learned already
   * @param replicas tasks at the same time
   * @param threads of each
   */
  public SparkTraining(
      JavaSparkContext spark,
      TrainingJob job,
      Map<Language, Tokenizer> tokenizers,
      int replicas,
      int threads) {
    this.spark = spark;
    this.job = job;
    this.tokenizers = Map.copyOf(tokenizers);
    this.replicas = replicas;
    this.threads = threads;
  }

  /**
   * Trains to the end.
   *
   * @param messages receives lines for the user
   * @param stopRequested stops training with a checkpoint when set
   * @return false when training was stopped
   * @throws InvalidInputException when it cannot go on
   */
  public boolean run(Consumer<String> messages, AtomicBoolean stopRequested) {
    AtomicBoolean trains = new AtomicBoolean(true);
    stopOnSignal(trains, stopRequested);
    RunChannel channel = new RunChannel(job.folder());
    channel.clear();
    ScheduledExecutorService relay = Executors.newSingleThreadScheduledExecutor();
    Runnable pass =
        () -> {
          channel.newLines().forEach(messages);
          if (stopRequested.get()) {
            channel.requestStop();
          }
        };
    ScheduledFuture<?> passing =
        relay.scheduleWithFixedDelay(
            pass, POLL_MILLISECONDS, POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
    try {
      return attempts(messages, stopRequested);
    } finally {
      trains.set(false);
      passing.cancel(false);
      end(relay);
      pass.run();
      channel.clear();
    }
  }

  /**
   * Makes the first Ctrl-C a request: otherwise the JVM would end, and Spark's own shutdown hook
   * the executors before they have written a checkpoint. The second ends the JVM.
   */
  private static void stopOnSignal(AtomicBoolean trains, AtomicBoolean stopRequested) {
    Function0<Object> request = () -> trains.get() && stopRequested.compareAndSet(false, true);
    SignalUtils.register("INT", request);
    SignalUtils.register("TERM", request);
  }

  private static void end(ScheduledExecutorService relay) {
    relay.shutdown();
    try {
      relay.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempts(Consumer<String> messages, AtomicBoolean stopRequested) {
    int failures = 0;
    while (true) {
      String before = lastCheckpoint();
      try {
        return ended(BarrierStage.run(spark, replicas, task()));
      } catch (InvalidInputException e) {
        throw e;
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        // Spark's methods are Scala's, which do not declare what they throw.
        failures = lastCheckpoint().equals(before) ? failures + 1 : 1;
        if (stopRequested.get()) {
          return false;
        }
        InvalidInputException.require(
            failures < MAX_ATTEMPTS,
            "training failed " + failures + " times without a new checkpoint: " + reason(e));
        messages.accept(
            "a replica was lost; training goes on from "
                + (lastCheckpoint().isEmpty() ? "its beginning" : lastCheckpoint()));
      }
    }
  }

  private static String reason(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
  }

  private static boolean ended(List<ReplicaEnd> ends) {
    ReplicaEnd first = ends.get(0);
    InvalidInputException.require(first.kind() != ReplicaEnd.Kind.REFUSED, first.reason());
    return first.kind() == ReplicaEnd.Kind.FINISHED;
  }

  /** The name of the last checkpoint; empty before the first. */
  private String lastCheckpoint() {
    List<Path> all = new RunFolder(job.folder()).checkpoints().all();
    return all.isEmpty() ? "" : all.get(all.size() - 1).getFileName().toString();
  }

  private ReplicaTask task() {
    Map<String, String> properties = new HashMap<>();
    for (String name : List.of("yuqiao.command", "yuqiao.commit")) {
      String value = System.getProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    return new ReplicaTask(
        ReplicaTask.text(file -> SettingsFile.write(job.settings(), file)),
        job.folder().toString(),
        threads,
        properties,
        json());
  }

  /** The tokenizers by the codes of their languages, as they travel. */
  private Map<String, String> json() {
    Map<String, String> json = new HashMap<>();
    tokenizers.forEach(
        (language, tokenizer) ->
            json.put(
                language.code(),
                ReplicaTask.text(file -> TokenizerJson.save((BpeTokenizer) tokenizer, file))));
    return json;
  }
}
