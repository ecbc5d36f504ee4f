package org.yuqiao.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.Terminal;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.MetricsFile;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao experiment show}: a run as text. */
@Command(
    name = "show",
    description = "Shows a run: settings that differ from the defaults, scores, validation curve.",
    mixinStandardHelpOptions = true)
final class ExperimentShowCommand implements Callable<Integer> {
  private static final int REFRESH_MILLIS = 2000;
  private static final String CLEAR = "\u001B[H\u001B[2J";

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run.")
  private Path folder;

  @Option(
      names = "--figure",
      paramLabel = "NAME",
      description =
          "The figure of the curve: loss, perplexity or a validation score (default: the first"
              + " score).")
  private Optional<String> figure = Optional.empty();

  @Option(names = "--watch", description = "Refreshes every 2 seconds while the run is trained.")
  private boolean watch;

  @Override
  public Integer call() throws InterruptedException {
    RunFolder run = new RunFolder(folder);
    String shown = "";
    while (true) {
      RunState state = RunState.of(run);
      String text = text(run, state);
      if (!text.equals(shown)) {
        System.out.print((watch && Terminal.isPresent() ? CLEAR : "") + text);
        System.out.flush();
        shown = text;
      }
      if (!watch || state != RunState.RUNNING) {
        return 0;
      }
      Thread.sleep(REFRESH_MILLIS);
    }
  }

  private String text(RunFolder run, RunState state) {
    List<String> lines = new ArrayList<>();
    MetricsFile metrics = MetricsFile.read(run);
    lines.add(run.path() + ": " + state.label() + ", step " + metrics.step());
    Provenance.read(run)
        .map(Provenance::sessions)
        .filter(sessions -> !sessions.isEmpty())
        .ifPresent(sessions -> lines.addAll(origin(sessions)));
    lines.add("");
    lines.add("settings that differ from the defaults");
    SettingsFile.changed(run.loadSettings())
        .forEach((key, value) -> lines.add("  " + key + ": " + value));
    lines.add("");
    lines.addAll(scores(run, metrics));
    List<MetricsFile.Line> validations = metrics.of("validation");
    if (!validations.isEmpty()) {
      String figure = figure(validations.get(0));
      lines.add("");
      lines.add("validation " + figure);
      lines.addAll(
          new TextCurve(
                  validations.stream().map(MetricsFile.Line::step).toList(),
                  validations.stream().map(line -> line.metric(figure)).toList())
              .lines());
    }
    return String.join("\n", lines) + "\n";
  }

  /** The figure of --figure, or the one that selects the best checkpoint. */
  private String figure(MetricsFile.Line validation) {
    Set<String> known = new LinkedHashSet<>(validation.metrics().keySet());
    known.removeAll(List.of("seconds", "peakMemoryBytes"));
    String shown =
        figure.orElseGet(
            () ->
                known.stream()
                    .filter(name -> !name.equals("loss") && !name.equals("perplexity"))
                    .findFirst()
                    .orElse("perplexity"));
    if (!known.contains(shown)) {
      throw new InvalidInputException(
          "--figure " + shown + ": expected one of " + String.join(", ", known));
    }
    return shown;
  }

  private static List<String> origin(List<Provenance.Session> sessions) {
    Provenance.Session last = sessions.get(sessions.size() - 1);
    List<String> lines = new ArrayList<>();
    lines.add("  command  " + last.command());
    lines.add("  started  " + sessions.get(0).begun() + more(sessions.size()));
    lines.add("  commit   " + last.commit());
    lines.add("  backend  " + last.backend());
    lines.add(
        String.format(
            Locale.ROOT,
            "  machine  %s, %d cores, %.1f GiB",
            last.machine().cpu(),
            last.machine().cores(),
            last.machine().memoryBytes() / Math.pow(2, 30)));
    return lines;
  }

  private static String more(int sessions) {
    return sessions == 1 ? "" : ", in " + sessions + " sessions";
  }

  private static List<String> scores(RunFolder run, MetricsFile metrics) {
    List<String> lines = new ArrayList<>();
    Optional<RunResult> result = RunResult.read(run);
    if (result.isPresent()) {
      RunResult complete = result.get();
      lines.add("test, " + complete.testSentences() + " sentences");
      complete
          .scores()
          .forEach(
              (name, score) ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "  %-5s %6.2f  %s",
                          name,
                          score,
                          complete.signatures().get(name))));
      lines.add(
          String.format(
              Locale.ROOT,
              "  %,d parameters, %.1f minutes, %,.0f target tokens/s, %.1f GiB",
              complete.parameters(),
              complete.seconds() / 60,
              complete.targetTokensPerSecond(),
              complete.peakMemoryBytes() / Math.pow(2, 30)));
    } else if (metrics.max("validation", "bleu").isPresent()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "best validation BLEU %.2f; not scored on the test split yet",
              metrics.max("validation", "bleu").getAsDouble()));
    } else {
      boolean validated = !metrics.of("validation").isEmpty();
      lines.add(validated ? "not scored on the test split yet" : "not validated yet");
    }
    return lines;
  }
}
