package org.yuqiao.figure;

import java.util.List;
import java.util.Locale;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LineChart;
import org.yuqiao.plot.Picture;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.RunFolder;

/** How a figure of validation changes while runs are trained, a line for each run. */
public final class LearningCurvePlot {
  private static final double SECONDS_PER_MINUTE = 60;

  private LearningCurvePlot() {}

  /** A figure of validation. */
  public enum Figure {
    /** BLEU of greedy translations. */
    BLEU("BLEU"),
    /** chrF of greedy translations. */
    CHRF("chrF"),
    /** Cross-entropy per token, in nats. */
    LOSS("loss per token"),
    /** The exponential of the loss. */
    PERPLEXITY("perplexity");

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    /** Its name in {@code metrics.jsonl}. */
    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What runs along the horizontal axis. */
  public enum Progress {
    /** Updates of the parameters. */
    STEPS("steps"),
    /** Time. */
    MINUTES("minutes of training");

    private final String title;

    Progress(String title) {
      this.title = title;
    }
  }

  /**
   * Draws the curves of {@code runs}.
   *
   * @throws InvalidInputException when a folder is no run, or has no validation yet
   */
  public static Picture of(List<RunFolder> runs, Figure figure, Progress progress) {
    LineChart chart = new LineChart("Validation " + figure.title, progress.title, figure.title);
    for (RunFolder run : runs) {
      if (!run.exists()) {
        throw new InvalidInputException(
            run.path() + " is not a run: there is no " + run.settings());
      }
      List<MetricsFile.Line> lines = MetricsFile.read(run).of("validation");
      if (lines.isEmpty()) {
        throw new InvalidInputException(run.path() + " has no validation yet");
      }
      chart.points(
          run.path().getFileName().toString(),
          lines.stream().mapToDouble(line -> x(line, progress)).toArray(),
          lines.stream().mapToDouble(line -> line.figure(figure.key())).toArray());
    }
    return chart.picture();
  }

  private static double x(MetricsFile.Line line, Progress progress) {
    return progress == Progress.STEPS ? line.step() : line.figure("seconds") / SECONDS_PER_MINUTE;
  }
}
