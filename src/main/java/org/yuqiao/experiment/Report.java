package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.plot.LineChart;
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
    LineChart chart = new LineChart("Validation", "minutes of training", axis(validations.get(0)));
    double[] minutes = validations.stream().mapToDouble(v -> v.seconds() / 60).toArray();
    double[] losses = validations.stream().mapToDouble(Progress.Validation::loss).toArray();
    Set<String> names = validations.get(0).scores().keySet();
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
    chart.picture().write(file);
  }

  private static String axis(Progress.Validation validation) {
    return validation.scores().isEmpty()
        ? LOSS
        : validation.scores().keySet().stream()
            .map(ScoreNames::of)
            .collect(Collectors.joining(", "));
  }
}
