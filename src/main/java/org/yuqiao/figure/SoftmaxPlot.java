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

/** The softmax of the same logits at several temperatures T: exp(x / T) / sum exp(x / T). */
public final class SoftmaxPlot {
  private SoftmaxPlot() {}

  /**
   * Plots one panel for each temperature.
   *
   * @param labels of the logits
   * @param logits logits or log-probabilities, one for each label
   * @param temperatures each above 0
   * @param font a font file, or empty for an installed font
   * @throws InvalidInputException if there are no logits or temperatures, or not one logit a label
   */
  public static Picture temperatures(
      List<String> labels, float[] logits, List<Double> temperatures, Optional<Path> font) {
    if (logits.length == 0 || labels.size() != logits.length || temperatures.isEmpty()) {
      throw new InvalidInputException(
          "the softmax needs one logit for each label, and at least one temperature");
    }
    List<BarPanels.Panel> panels = new ArrayList<>();
    for (double temperature : temperatures) {
      double[] probabilities = new Sampling(temperature, 0, 1, 0).probabilities(logits);
      panels.add(
          new BarPanels.Panel(
              String.format(Locale.ROOT, "T = %s", plain(temperature)),
              labels,
              DoubleStream.of(probabilities).boxed().toList(),
              -1));
    }
    return new BarPanels(
            "Softmax at several temperatures", panels, 4, AttentionPlot.font(labels, font))
        .picture();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
