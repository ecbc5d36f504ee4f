package org.yuqiao.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ScoreNames;
import org.yuqiao.train.Progress;

/** The report of a run: learning curve, scores, sample translations. */
final class Report {
  static final int SAMPLES = 10;
  private static final String LOSS = "loss per prediction";

  private Report() {}

  /** Writes the picture and the text. */
  static void write(
      RunFolder run,
      ExperimentSettings settings,
      Task.Wording wording,
      Progress progress,
      Evaluation.Result test) {
    if (!progress.validations().isEmpty()) {
      drawCurve(run.curve(), progress.validations());
    }
    StringBuilder text = new StringBuilder();
    text.append("# ").append(run.path().getFileName()).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s. %,d steps in %.1f minutes, %d epochs, %,.0f predictions a second.%n%n",
            settings.purpose(),
            settings.model().inWords(),
            progress.step(),
            progress.seconds() / 60,
            progress.epoch(),
            progress.targetTokens() / Math.max(1, progress.seconds())));
    appendScores(text, test, wording);
    appendCurve(text, progress);
    appendSamples(text, test, wording);
    AtomicFile.write(run.report(), text.toString());
  }

  private static void appendScores(
      StringBuilder text, Evaluation.Result test, Task.Wording wording) {
    text.append(
        String.format(
            Locale.ROOT,
            "## Test%n%n%d sentences, %s in %.1f seconds.%n%n",
            test.sources().size(),
            wording.how(),
            test.seconds()));
    text.append("| metric | score | signature |\n| --- | --- | --- |\n");
    for (Map.Entry<String, Double> score : test.scores().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | `%s` |%n",
              ScoreNames.of(score.getKey()),
              score.getValue(),
              test.signatures().get(score.getKey()).replace("|", "\\|")));
    }
  }

  private static void appendCurve(StringBuilder text, Progress progress) {
    if (progress.validations().isEmpty()) {
      return;
    }
    text.append("\n## Learning\n\n![learning curve](learning-curve.png)\n\n");
    Set<String> names = progress.validations().get(0).scores().keySet();
    text.append("| step | minutes | loss | perplexity |");
    names.forEach(name -> text.append(' ').append(ScoreNames.of(name)).append(" |"));
    text.append("\n| --- | --- | --- | --- |").append(" --- |".repeat(names.size())).append('\n');
    for (Progress.Validation v : progress.validations()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f | %.3f | %.2f |",
              v.step(),
              v.seconds() / 60,
              v.loss(),
              v.perplexity()));
      names.forEach(name -> text.append(cell(v.scores().get(name))));
      text.append('\n');
    }
  }

  private static String cell(double score) {
    return String.format(Locale.ROOT, " %.2f |", score);
  }

  private static void appendSamples(
      StringBuilder text, Evaluation.Result test, Task.Wording wording) {
    text.append("\n## ").append(wording.samples()).append("\n\n");
    text.append("| " + wording.input() + " | " + wording.output() + " | " + wording.reference());
    text.append(" |\n| --- | --- | --- |\n");
    for (int i : samples(test.sources().size())) {
      text.append("| ").append(cell(test.sources().get(i)));
      text.append(" | ").append(cell(test.translations().get(i)));
      text.append(" | ").append(cell(test.references().get(i))).append(" |\n");
    }
  }

  /** Ten sentences spread evenly over the test split, so that they are not hand-picked. */
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
            .yAxisTitle(axis(validations.get(0)))
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    List<Double> minutes = validations.stream().map(v -> v.seconds() / 60).toList();
    Set<String> names = validations.get(0).scores().keySet();
    names.forEach(
        name ->
            chart
                .addSeries(
                    ScoreNames.of(name),
                    minutes,
                    validations.stream().map(v -> v.scores().get(name)).toList())
                .setMarker(SeriesMarkers.CIRCLE));
    int lossAxis = names.isEmpty() ? 0 : 1;
    if (lossAxis == 1) {
      chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
      chart.setYAxisGroupTitle(1, LOSS);
    }
    chart
        .addSeries("loss", minutes, validations.stream().map(Progress.Validation::loss).toList())
        .setMarker(SeriesMarkers.DIAMOND)
        .setYAxisGroup(lossAxis);
    try {
      byte[] picture = BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
      AtomicFile.write(file, out -> out.write(picture));
    } catch (IOException e) {
      throw new InvalidInputException("cannot draw " + file + ": " + e.getMessage(), e);
    }
  }

  private static String axis(Progress.Validation validation) {
    return validation.scores().isEmpty()
        ? LOSS
        : validation.scores().keySet().stream()
            .map(ScoreNames::of)
            .collect(Collectors.joining(", "));
  }
}
