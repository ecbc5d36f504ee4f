package org.yuqiao.experiment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.yuqiao.plot.LineChart;
import org.yuqiao.plot.Picture;
import org.yuqiao.store.MetricsFile;

/** The learning rates that a run used over training time, the training loss at the right. */
final class LearningRateChart {
  private static final double THOUSANDTHS = 1000;

  private LearningRateChart() {}

  /**
   * Draws the logged steps of a training.
   *
   * @param lines of the kind train, at least two
   */
  static Picture of(List<MetricsFile.Line> lines) {
    double[] minutes = values(lines, line -> line.metric("seconds") / 60);
    LineChart chart = new LineChart("Learning rate", "minutes of training", "thousandths");
    chart.line(
        "learning rate",
        minutes,
        values(lines, line -> THOUSANDTHS * line.metric(TrainingLog.LEARNING_RATE)));
    chart.rightAxis(
        "training loss per prediction",
        "training loss",
        minutes,
        values(lines, line -> line.metric("loss")));
    return chart.picture();
  }

  private static double[] values(
      List<MetricsFile.Line> lines, ToDoubleFunction<MetricsFile.Line> value) {
    return lines.stream().mapToDouble(value).toArray();
  }
}
