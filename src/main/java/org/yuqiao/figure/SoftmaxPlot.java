package org.yuqiao.figure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.plot.BarPanels;
import org.yuqiao.plot.Picture;

/**
 * The softmax of the same scores at several temperatures, exp(x / T) / sum exp(x / T): low
 * temperatures sharpen, high ones flatten.
 */
public final class SoftmaxPlot {
  private SoftmaxPlot() {}

  /**
   * A panel for each temperature.
   *
   * @param labels of the scores
   * @param scores logits or log-probabilities, one for each label
   * @param temperatures each above 0
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException when there are no scores, or not as many as labels
   */
  public static Picture temperatures(
      List<String> labels, float[] scores, List<Double> temperatures, Optional<Path> font) {
    if (scores.length == 0 || labels.size() != scores.length || temperatures.isEmpty()) {
      throw new InvalidInputException(
          "the softmax needs a score for each label, and a temperature");
    }
    List<BarPanels.Panel> panels = new ArrayList<>();
    for (double temperature : temperatures) {
      double[] shares = new Sampling(temperature, 0, 1, 0).probabilities(scores);
      panels.add(
          new BarPanels.Panel(
              String.format(Locale.ROOT, "T = %s", plain(temperature)),
              labels,
              DoubleStream.of(shares).boxed().toList(),
              -1));
    }
    return new BarPanels(
            "Soft-max at several temperatures", panels, 4, AttentionPlot.font(labels, font))
        .picture();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
