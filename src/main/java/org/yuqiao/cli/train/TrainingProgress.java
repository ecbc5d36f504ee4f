package org.yuqiao.cli.train;

import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.yuqiao.cli.console.Terminal;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingSettings;
import org.yuqiao.train.TrainingStep;

/**
 * Shows training on standard error: a bar with rate and time left on a terminal, a line now and
 * then elsewhere.
 */
final class TrainingProgress implements ProgressListener, AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final double SECONDS_BETWEEN_LINES = 30;

  private final boolean terminal = Terminal.isPresent();
  private Optional<TrainingSettings> settings = Optional.empty();
  private Optional<ProgressBar> bar = Optional.empty();
  private double lastLine = Double.NEGATIVE_INFINITY;

  /** Sets the limits of the training, for the time left. */
  void limits(TrainingSettings training) {
    settings = Optional.of(training);
  }

  @Override
  public void say(String sentence) {
    System.err.println((bar.isPresent() ? CLEAR_LINE : "") + sentence);
  }

  @Override
  public void step(Progress progress, TrainingStep.Result result) {
    String figures =
        String.format(
            Locale.ROOT,
            "loss %.3f, %,.0f tokens/s",
            result.negativeLogLikelihood(),
            progress.targetTokens() / Math.max(1e-9, progress.seconds()));
    if (terminal) {
      ProgressBar shown = bar.orElseGet(this::newBar);
      bar = Optional.of(shown);
      shown.stepTo(done(progress));
      shown.setExtraMessage(figures);
    } else if (progress.seconds() - lastLine >= SECONDS_BETWEEN_LINES) {
      lastLine = progress.seconds();
      say(
          String.format(
              Locale.ROOT,
              "step %d, %.1f minutes, epoch %d: %s",
              progress.step(),
              progress.seconds() / 60,
              progress.epoch() + 1,
              figures));
    }
  }

  private ProgressBar newBar() {
    long goal =
        settings.map(s -> s.minutes() > 0 ? Math.round(60 * s.minutes()) : s.steps()).orElse(-1L);
    return Terminal.bar("training", byTime() ? " s" : " steps")
        .setInitialMax(goal > 0 ? goal : -1)
        .continuousUpdate()
        .build();
  }

  private boolean byTime() {
    return settings.map(s -> s.minutes() > 0).orElse(false);
  }

  private long done(Progress progress) {
    return byTime() ? Math.round(progress.seconds()) : progress.step();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
