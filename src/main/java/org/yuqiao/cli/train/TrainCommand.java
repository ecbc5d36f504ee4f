package org.yuqiao.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.EngineOptions;
import org.yuqiao.cli.console.Threading;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.experiment.Experiment;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao train}: trains, evaluates and reports on one run. */
@Command(
    name = "train",
    description =
        "Trains a model by an experiment file, scores it on the test set and writes a report.",
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "The settings (YAML; default: experiments/quickstart.yaml).")
  private Optional<Path> experiment = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting, e.g. train.minutes=30; repeatable.")
  private List<String> overrides = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The folder of the run (default: runs/NAME).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Continues a stopped run from its last checkpoint.")
  private Optional<Path> resume = Optional.empty();

  @Mixin private EngineOptions engine;

  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public Integer call() {
    Optional<ClusterEngine> cluster = engine.engine();
    Path folder = resume.or(() -> out).orElseGet(() -> freeFolder(experimentFile()));
    try (TrainingProgress progress = new TrainingProgress()) {
      if (cluster.isPresent()) {
        trainOn(cluster.get(), folder, progress);
        return 0;
      }
      Experiment run = experiment(folder, progress);
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "yuqiao-stop"));
      ChildTraining.endWithParent();
      Optional<Evaluation.Result> result = run.run();
      if (result.isEmpty()) {
        progress.say(stopped(folder));
      } else {
        printResult(result.get(), folder);
      }
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /** Trains on a cluster; what is begun here can be resumed there. */
  private void trainOn(ClusterEngine cluster, Path folder, TrainingProgress progress) {
    requireResumable();
    ClusterTraining training =
        resume.isPresent()
            ? ClusterTraining.resume(folder)
            : ClusterTraining.begin(experimentFile(), overrides, folder);
    ChildTraining.endWithParent();
    if (training.run(cluster, engine.cluster(), progress::say, stopRequested)) {
      RunResult result = RunResult.read(new RunFolder(folder)).orElseThrow();
      printScores(result.scores(), result.signatures());
      System.out.println("report: " + new RunFolder(folder).report());
    } else {
      progress.say(stopped(folder) + " --engine spark");
    }
  }

  private static String stopped(Path folder) {
    return "stopped; continue with: ./yuqiao train --resume " + folder;
  }

  private void requireResumable() {
    UsageException.refuseIf(
        resume.isPresent() && (experiment.isPresent() || out.isPresent() || !overrides.isEmpty()),
        "--resume uses the settings of the run; give no EXPERIMENT, --out or --set with it");
  }

  private Experiment experiment(Path folder, TrainingProgress progress) {
    requireResumable();
    if (resume.isPresent()) {
      ExperimentSettings settings = new RunFolder(folder).loadSettings();
      progress.limits(settings.train());
      return Experiment.resume(
          folder, Threading.backend(settings.train().threads()), progress, stopRequested);
    }
    ExperimentSettings settings = SettingsFile.read(experimentFile(), overrides);
    progress.limits(settings.train());
    progress.say("training " + experimentFile() + " in " + folder);
    return Experiment.begin(
        settings, folder, Threading.backend(settings.train().threads()), progress, stopRequested);
  }

  private Path experimentFile() {
    return experiment.orElse(Path.of("experiments", "quickstart.yaml"));
  }

  /** The first free folder of runs/NAME, runs/NAME-2, ... */
  private static Path freeFolder(Path experiment) {
    String name = experiment.getFileName().toString().replaceAll("\\.ya?ml$", "");
    Path folder = Path.of("runs", name);
    for (int i = 2; folder.toFile().exists(); i++) {
      folder = Path.of("runs", name + "-" + i);
    }
    return folder;
  }

  /** On Ctrl-C: waits for the current step and the checkpoint. */
  private void stop() {
    stopRequested.set(true);
    try {
      stopped.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void printScores(Map<String, Double> scores, Map<String, String> signatures) {
    scores.forEach(
        (name, score) ->
            System.out.printf(Locale.ROOT, "%-5s %6.2f  %s%n", name, score, signatures.get(name)));
    System.out.println();
  }

  private static void printResult(Evaluation.Result result, Path folder) {
    printScores(result.scores(), result.signatures());
    int count = Math.min(10, result.sources().size());
    for (int i = 0; i < count; i++) {
      int sentence = i * (result.sources().size() / count);
      System.out.println(result.sources().get(sentence));
      System.out.println("  => " + result.translations().get(sentence));
      System.out.println("   = " + result.references().get(sentence));
    }
    System.out.println();
    System.out.println("report: " + new RunFolder(folder).report());
  }
}
