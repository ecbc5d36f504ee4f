package org.yuqiao.figure;

import java.util.List;
import java.util.Locale;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LineChart;
import org.yuqiao.plot.Picture;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.RunFolder;

/** A validation metric over training, one line for each run. */
public final class LearningCurvePlot {
  private static final double SECONDS_PER_MINUTE = 60;

  private LearningCurvePlot() {}

  /** The validation metric. */
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

    /** The name in {@code metrics.jsonl}. */
    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The horizontal axis. */
  public enum Progress {
    /** Training steps. */
    STEPS("steps"),
    /** Training time. */
    MINUTES("minutes of training");

    private final String title;

    Progress(String title) {
      this.title = title;
    }
  }

  /**
   * Draws the curves of {@code runs}.
   *
   * @throws InvalidInputException if a folder is not a run, or has no validation yet
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
          lines.stream().mapToDouble(line -> line.metric(figure.key())).toArray());
    }
    return chart.picture();
  }

  private static double x(MetricsFile.Line line, Progress progress) {
    return progress == Progress.STEPS ? line.step() : line.metric("seconds") / SECONDS_PER_MINUTE;
  }
}
