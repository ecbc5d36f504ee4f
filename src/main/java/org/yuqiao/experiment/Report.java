package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;
import org.yuqiao.train.Progress;

/** The report of a run: learning curve, scores, sample translations. */
final class Report {
  static final int SAMPLES = 10;

  private Report() {}

  /** Writes the picture and the text. */
  static void write(
      RunFolder run, ExperimentSettings settings, Progress progress, Evaluation.Result test) {
    if (!progress.validations().isEmpty()) {
      drawCurve(run.curve(), progress.validations());
    }
    StringBuilder text = new StringBuilder();
    text.append("# ").append(run.path().getFileName()).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s. %,d steps in %.1f minutes, %d passes"
                + " over the data, %,.0f target tokens a second.%n%n",
            settings.direction(),
            settings.model().inWords(),
            progress.step(),
            progress.seconds() / 60,
            progress.epoch(),
            progress.targetTokens() / Math.max(1, progress.seconds())));
    appendScores(text, test, settings);
    appendCurve(text, progress);
    appendSamples(text, test);
    AtomicFile.write(run.report(), text.toString());
  }

  private static void appendScores(
      StringBuilder text, Evaluation.Result test, ExperimentSettings settings) {
    text.append(
        String.format(
            Locale.ROOT,
            "## Test%n%n%d sentences, beam %d, translated in %.1f seconds.%n%n",
            test.sources().size(),
            settings.decode().beam(),
            test.seconds()));
    text.append("| metric | score | signature |\n| --- | --- | --- |\n");
    for (Map.Entry<String, Double> score : test.scores().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | `%s` |%n",
              score.getKey(),
              score.getValue(),
              test.signatures().get(score.getKey()).replace("|", "\\|")));
    }
  }

  private static void appendCurve(StringBuilder text, Progress progress) {
    if (progress.validations().isEmpty()) {
      return;
    }
    text.append("\n## Learning\n\n![learning curve](learning-curve.png)\n\n");
    text.append("| step | minutes | perplexity | BLEU | chrF |\n| --- | --- | --- | --- | --- |\n");
    for (Progress.Validation v : progress.validations()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f | %.2f | %.2f | %.2f |%n",
              v.step(),
              v.seconds() / 60,
              v.perplexity(),
              v.bleu(),
              v.chrf()));
    }
  }

  private static void appendSamples(StringBuilder text, Evaluation.Result test) {
    text.append("\n## Translations of the test split\n\n");
    text.append("| source | translation | reference |\n| --- | --- | --- |\n");
    for (int i : samples(test.sources().size())) {
      text.append("| ").append(cell(test.sources().get(i)));
      text.append(" | ").append(cell(test.translations().get(i)));
      text.append(" | ").append(cell(test.references().get(i))).append(" |\n");
    }
  }

  /** Ten sentences spread evenly over the test split, so that nobody picks the good ones. */
  static List<Integer> samples(int size) {
    int count = Math.min(SAMPLES, size);
    return IntStream.range(0, count).mapToObj(i -> i * (size / count)).toList();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static void drawCurve(Path file, List<Progress.Validation> validations) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(500)
            .title("Validation")
            .xAxisTitle("minutes of training")
            .yAxisTitle("BLEU, chrF")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    chart.setYAxisGroupTitle(1, "loss per token");
    List<Double> minutes = validations.stream().map(v -> v.seconds() / 60).toList();
    chart
        .addSeries("BLEU", minutes, validations.stream().map(Progress.Validation::bleu).toList())
        .setMarker(SeriesMarkers.CIRCLE);
    chart
        .addSeries("chrF", minutes, validations.stream().map(Progress.Validation::chrf).toList())
        .setMarker(SeriesMarkers.SQUARE);
    chart
        .addSeries("loss", minutes, validations.stream().map(Progress.Validation::loss).toList())
        .setMarker(SeriesMarkers.DIAMOND)
        .setYAxisGroup(1);
    try {
      byte[] picture = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
      AtomicFile.write(file, out -> out.write(picture));
    } catch (IOException e) {
      throw new BadInput("cannot draw " + file + ": " + e.getMessage(), e);
    }
  }
}
