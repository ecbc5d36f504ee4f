package org.yuqiao.experiment;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yuqiao.plot.LineChart;
import org.yuqiao.plot.Picture;
import org.yuqiao.store.ScoreNames;
import org.yuqiao.train.Progress;

/** The learning curve of one run: validation scores over training time, the loss at the right. */
final class ValidationChart {
  private static final String LOSS = "loss per prediction";

  private ValidationChart() {}

  /** Draws at least one validation; without scores the loss alone. */
  static Picture of(List<Progress.Validation> validations) {
    Set<String> names = validations.get(0).scores().keySet();
    String axis =
        names.isEmpty()
            ? LOSS
            : names.stream().map(ScoreNames::of).collect(Collectors.joining(", "));
    LineChart chart = new LineChart("Validation", "minutes of training", axis);
    double[] minutes = validations.stream().mapToDouble(v -> v.seconds() / 60).toArray();
    double[] losses = validations.stream().mapToDouble(Progress.Validation::loss).toArray();
    for (String name : names) {
      chart.points(
          ScoreNames.of(name),
          minutes,
          validations.stream().mapToDouble(v -> v.scores().get(name)).toArray());
    }
    if (names.isEmpty()) {
      chart.points("loss", minutes, losses);
    } else {
      chart.rightAxis(LOSS, "loss", minutes, losses);
    }
    return chart.picture();
  }
}
