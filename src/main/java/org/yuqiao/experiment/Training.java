package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingStep;

/** Training from Java: {@code yuqiao train} without a terminal. */
public final class Training {
  private Training() {}

  /**
   * Trains by an experiment file, scores the model and writes the report.
   *
   * @param experiment the settings (YAML)
   * @param folder the folder of the run; new or empty
   * @param messages receives progress messages
   * @param overrides as {@code train.minutes=30}
   * @return the complete run
   * @throws org.yuqiao.files.InvalidInputException when settings, corpora or folder cannot be used
   */
  public static RunFolder run(
      Path experiment, Path folder, Consumer<String> messages, String... overrides) {
    ExperimentSettings settings = SettingsFile.read(experiment, List.of(overrides));
    int threads = settings.train().threads();
    Backend backend =
        new Backend(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    Experiment.begin(settings, folder, backend, listener(messages), new AtomicBoolean()).run();
    return new RunFolder(folder);
  }

  private static ProgressListener listener(Consumer<String> messages) {
    return new ProgressListener() {
      @Override
      public void say(String sentence) {
        messages.accept(sentence);
      }

      @Override
      public void step(Progress progress, TrainingStep.Result result) {
        // Only validations are reported; steps are in the run's metrics.jsonl.
      }
    };
  }
}
