package org.yuqiao.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.yuqiao.experiment.task.Task;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.ReportTemplate;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ScoreNames;
import org.yuqiao.train.Progress;

/**
 * The report of a run: test scores, learning curve, sample outputs. Components and methods are the
 * names in {@code report.md}.
 */
record Report(
    String name,
    ExperimentSettings settings,
    Task.Wording wording,
    Progress progress,
    List<MetricsFile.Line> steps,
    List<String> backends,
    Evaluation.Result test) {
  private static final int SAMPLES = 10;

  /** Writes {@code report.md}, the learning curve and the learning rate, if they have points. */
  static void write(
      RunFolder run,
      ExperimentSettings settings,
      Task.Wording wording,
      Progress progress,
      Evaluation.Result test) {
    if (!progress.validations().isEmpty()) {
      ValidationChart.of(progress.validations()).write(run.curve());
    }
    List<MetricsFile.Line> steps = MetricsFile.read(run).of("train");
    Report report =
        new Report(
            run.path().getFileName().toString(),
            settings,
            wording,
            progress,
            steps,
            backends(run),
            test);
    if (report.hasRates()) {
      LearningRateChart.of(steps).write(run.learningRate());
    }
    AtomicFile.write(
        run.report(),
        ReportTemplate.of(Report.class, "report.md", ReportTemplate::markdown).render(report));
  }

  /** The backends of all sessions, with threads and replicas. */
  private static List<String> backends(RunFolder run) {
    return Provenance.read(run).stream()
        .flatMap(provenance -> provenance.sessions().stream())
        .map(Provenance.Session::backend)
        .distinct()
        .toList();
  }

  /** A test score. */
  record Score(String metric, String value, String signature) {}

  /** A row of the learning curve: minutes, loss, perplexity, scores. */
  record Validation(long step, List<String> cells) {}

  /** A test sentence. */
  record Sample(String input, String output, String reference) {}

  String purpose() {
    return settings.purpose();
  }

  String model() {
    return settings.model().summary();
  }

  boolean hasBackends() {
    return !backends.isEmpty();
  }

  String computedBy() {
    return String.join("; ", backends);
  }

  boolean hasRates() {
    return steps.size() > 1;
  }

  String stepCount() {
    return format("%,d", progress.step());
  }

  String minutes() {
    return format("%.1f", progress.seconds() / 60);
  }

  int epochs() {
    return progress.epoch();
  }

  String predictionsPerSecond() {
    return format("%,.0f", progress.targetTokens() / Math.max(1, progress.seconds()));
  }

  int sentences() {
    return test.sources().size();
  }

  String testSeconds() {
    return format("%.1f", test.seconds());
  }

  List<Score> scores() {
    return test.scores().entrySet().stream()
        .map(
            score ->
                new Score(
                    ScoreNames.of(score.getKey()),
                    format("%.2f", score.getValue()),
                    test.signatures().get(score.getKey())))
        .toList();
  }

  boolean hasValidations() {
    return !progress.validations().isEmpty();
  }

  List<String> metrics() {
    return names().stream().map(ScoreNames::of).toList();
  }

  private Set<String> names() {
    return progress.validations().get(0).scores().keySet();
  }

  List<Validation> validations() {
    return progress.validations().stream().map(this::row).toList();
  }

  private Validation row(Progress.Validation validation) {
    List<String> cells = new ArrayList<>();
    cells.add(format("%.1f", validation.seconds() / 60));
    cells.add(format("%.3f", validation.loss()));
    cells.add(format("%.2f", validation.perplexity()));
    names().forEach(name -> cells.add(format("%.2f", validation.scores().get(name))));
    return new Validation(validation.step(), cells);
  }

  /** Test sentences at even distances, so that they are not hand-picked. */
  List<Sample> samples() {
    return sampleRows(test.sources().size()).stream()
        .map(
            i ->
                new Sample(
                    test.sources().get(i), test.translations().get(i), test.references().get(i)))
        .toList();
  }

  /** At most ten evenly spaced indices below {@code size}. */
  static List<Integer> sampleRows(int size) {
    int count = Math.min(SAMPLES, size);
    return IntStream.range(0, count).mapToObj(i -> i * (size / count)).toList();
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
