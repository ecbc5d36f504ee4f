package org.yuqiao.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.yuqiao.cli.cluster.ClusterEngine;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.cli.cluster.SharedNames;
import org.yuqiao.cli.cluster.TrainingJob;
import org.yuqiao.experiment.Experiment;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;

/**
 * A run that is trained on a cluster: files have absolute names, which mean the same everywhere.
 */
record ClusterTraining(TrainingJob job, String begins) {
  /** A new run. */
  static ClusterTraining begin(Path experiment, List<String> overrides, Path folder) {
    Experiment.refuseUnlessFree(folder);
    List<String> all = new ArrayList<>(overrides);
    all.addAll(SharedNames.overrides(SettingsFile.read(experiment, overrides)));
    return of(SettingsFile.read(experiment, all), folder, "training " + experiment);
  }

  /** A run that was stopped, here or on a cluster; its settings get absolute names. */
  static ClusterTraining resume(Path folder) {
    RunFolder run = new RunFolder(folder);
    ExperimentSettings settings = run.loadSettings();
    List<String> overrides = SharedNames.overrides(settings);
    if (!overrides.isEmpty()) {
      settings = SettingsFile.read(run.settings(), overrides);
      SettingsFile.write(settings, run.settings());
    }
    return of(settings, folder, "resuming");
  }

  private static ClusterTraining of(ExperimentSettings settings, Path folder, String begins) {
    return new ClusterTraining(
        new TrainingJob(settings, folder.toAbsolutePath().normalize()), begins + " in " + folder);
  }

  /** Trains; false when it was stopped. */
  boolean run(
      ClusterEngine engine,
      ClusterSettings cluster,
      Consumer<String> messages,
      AtomicBoolean stopRequested) {
    messages.accept(begins + " on " + cluster.master());
    return engine.train(cluster, job, messages, stopRequested);
  }
}
