package org.yuqiao.figure;

import java.util.Map;
import java.util.stream.LongStream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.LineChart;
import org.yuqiao.plot.Picture;
import org.yuqiao.train.LearningRateSchedule;

/** The learning rate over the steps, one line for each schedule. */
public final class LearningRatePlot {
  private static final int POINTS = 400;

  private LearningRatePlot() {}

  /**
   * Draws named {@code schedules} over {@code steps} training steps.
   *
   * @throws InvalidInputException if there are fewer than 2 steps
   */
  public static Picture of(Map<String, LearningRateSchedule> schedules, long steps) {
    if (steps < 2) {
      throw new InvalidInputException(
          "a learning-rate schedule is drawn over at least 2 steps, not " + steps);
    }
    int points = (int) Math.min(POINTS, steps);
    long[] at = LongStream.range(0, points).map(i -> 1 + i * (steps - 1) / (points - 1)).toArray();
    double[] x = LongStream.of(at).asDoubleStream().toArray();
    LineChart chart = new LineChart("Learning rate", "step", "thousandths");
    schedules.forEach(
        (name, schedule) ->
            chart.line(
                name,
                x,
                LongStream.of(at)
                    .mapToDouble(i -> 1000 * schedule.rate(i, (i - 1.0) / steps))
                    .toArray()));
    return chart.picture();
  }
}
