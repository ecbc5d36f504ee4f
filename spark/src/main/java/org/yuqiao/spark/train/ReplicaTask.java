package org.yuqiao.spark.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.BarrierTaskContext;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.Experiment;
import org.yuqiao.experiment.RunReplica;
import org.yuqiao.experiment.RunStart;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerJson;
import org.yuqiao.train.DivergedException;
import org.yuqiao.train.Progress;
import org.yuqiao.train.Replica;
import org.yuqiao.train.TrainingStep;

/**
 * One replica of a training, as a task of a barrier stage. The first one leads the run.
 *
 * @param settings of the experiment, as YAML
 * @param folder of the run, which all machines see
 * @param threads of the replica
 * @param properties of the driver's process that the run records
 * @param tokenizers of a new run that are learned already, as JSON, by the codes of their languages
 */
record ReplicaTask(
    String settings,
    String folder,
    int threads,
    Map<String, String> properties,
    Map<String, String> tokenizers)
    implements BarrierStage.Work<ReplicaEnd> {
  private static final double SECONDS_BETWEEN_LINES = 30;
  private static final int POLL_MILLISECONDS = 500;

  @Override
  public ReplicaEnd of(BarrierTaskContext context) {
    try (RingExchange ring = new RingExchange(context)) {
      Replica replica = new Replica(new Backend(threads), ring);
      try {
        return replica.leads() ? lead(replica) : follow(replica);
      } catch (RuntimeException | Error e) {
        // The others do not know it yet.
        ring.breakOff();
        throw e;
      }
    }
  }

  private ReplicaEnd follow(Replica replica) {
    try {
      RunReplica.follow(Path.of(folder), replica);
      return ReplicaEnd.finished();
    } catch (LeaderEndedException e) {
      return ReplicaEnd.stopped();
    } catch (DivergedException e) {
      return ReplicaEnd.refused(e.getMessage());
    } catch (InvalidInputException e) {
      new RunChannel(Path.of(folder))
          .say("replica " + (replica.exchange().rank() + 1) + ": " + e.getMessage());
      throw e;
    }
  }

  private ReplicaEnd lead(Replica replica) {
    properties.forEach(System::setProperty);
    RunChannel channel = new RunChannel(Path.of(folder));
    AtomicBoolean stop = new AtomicBoolean();
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(ReplicaTask::daemon);
    ScheduledFuture<?> watching =
        watch.scheduleWithFixedDelay(
            () -> stop.compareAndSet(false, channel.stopRequested()),
            0,
            POLL_MILLISECONDS,
            TimeUnit.MILLISECONDS);
    try {
      boolean finished = experiment(replica, new Lines(channel), stop).run().isPresent();
      return finished ? ReplicaEnd.finished() : ReplicaEnd.stopped();
    } catch (InvalidInputException e) {
      return ReplicaEnd.refused(e.getMessage());
    } finally {
      watching.cancel(false);
      watch.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "yuqiao-stop");
    thread.setDaemon(true);
    return thread;
  }

  private Experiment experiment(Replica replica, ProgressListener listener, AtomicBoolean stop) {
    Path path = Path.of(folder);
    if (new RunFolder(path).exists()) {
      return Experiment.resume(path, replica, listener, stop);
    }
    Map<Language, Tokenizer> learned = new EnumMap<>(Language.class);
    tokenizers.forEach(
        (code, json) -> learned.put(Language.of(code), parsed(json, TokenizerJson::load)));
    RunStart start =
        new RunStart(parsed(settings, yaml -> SettingsFile.read(yaml, List.of())), path, learned);
    return Experiment.begin(start, replica, listener, stop);
  }

  /** What {@code write} writes to a file, as text. */
  static String text(Consumer<Path> write) {
    return withFile(
        file -> {
          write.accept(file);
          return Files.readString(file);
        });
  }

  private static <T> T parsed(String text, Function<Path, T> read) {
    return withFile(
        file -> {
          Files.writeString(file, text);
          return read.apply(file);
        });
  }

  /** What is done with a file. */
  private interface FileWork<T> {
    T with(Path file) throws IOException;
  }

  private static <T> T withFile(FileWork<T> work) {
    try {
      Path file = Files.createTempFile("yuqiao", ".tmp");
      try {
        return work.with(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages, and how far training is now and then. */
  private static final class Lines implements ProgressListener {
    private final RunChannel channel;
    private double last;

    Lines(RunChannel channel) {
      this.channel = channel;
    }

    @Override
    public void say(String sentence) {
      channel.say(sentence);
    }

    @Override
    public void step(Progress progress, TrainingStep.Result result) {
      if (progress.seconds() - last >= SECONDS_BETWEEN_LINES) {
        last = progress.seconds();
        say(
            String.format(
                Locale.ROOT,
                "step %d, %.1f minutes, epoch %d: loss %.3f, %,.0f tokens/s",
                progress.step(),
                progress.seconds() / 60,
                progress.epoch() + 1,
                result.negativeLogLikelihood(),
                progress.targetTokens() / progress.seconds()));
      }
    }
  }
}
