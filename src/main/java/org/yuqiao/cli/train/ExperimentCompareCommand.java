package org.yuqiao.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.experiment.compare.Comparison;
import org.yuqiao.experiment.compare.ComparisonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao experiment compare}: runs side by side, and which differences are noise. */
@Command(
    name = "compare",
    description = "Compares complete runs and writes a report as a web page and as Markdown.",
    mixinStandardHelpOptions = true)
final class ExperimentCompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "Runs, or folders with runs below them. Runs that differ in nothing but the"
              + " seed count as one system.")
  private List<Path> runs;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = "A run of the system that the others are tested against; otherwise the first.")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "report",
      description = "Where index.html and report.md go (${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public Integer call() {
    Comparison comparison = Comparison.of(runs, baseline);
    comparison.leftOut().forEach(run -> System.err.println("left out: " + run));
    ComparisonReport.write(comparison, out);
    comparison.conclusions().forEach(System.out::println);
    System.out.println("report: " + out.resolve("index.html"));
    return 0;
  }
}
