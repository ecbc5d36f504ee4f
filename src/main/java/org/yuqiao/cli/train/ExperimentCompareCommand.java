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

/** {@code yuqiao experiment compare}: runs side by side, with significance tests. */
@Command(
    name = "compare",
    description = "Compares complete runs; writes a report in HTML and Markdown.",
    mixinStandardHelpOptions = true)
final class ExperimentCompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "Runs, or folders that contain runs. Runs that differ only in the seed count as one"
              + " system.")
  private List<Path> runs;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = "A run of the baseline system (default: the first system).")
  private Optional<Path> baseline = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "report",
      description = "The folder of index.html and report.md (default: ${DEFAULT-VALUE}).")
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
