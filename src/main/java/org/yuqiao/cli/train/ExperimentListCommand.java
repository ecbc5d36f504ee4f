package org.yuqiao.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.yuqiao.store.RunList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao experiment list}: the runs in a folder. */
@Command(
    name = "list",
    description = "Lists runs with their state, scores and age.",
    mixinStandardHelpOptions = true)
final class ExperimentListCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "The folder that contains the runs (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<RunList.Row> rows = RunList.below(folder).stream().map(RunList::row).toList();
    if (json) {
      System.out.println(json(rows));
      return 0;
    }
    if (rows.isEmpty()) {
      System.err.println("there is no run in " + folder);
      return 0;
    }
    int width = rows.stream().mapToInt(row -> name(row).length()).max().orElse(0);
    String format = "%-" + Math.max(3, width) + "s  %-8s  %8s  %10s  %9s  %s%n";
    System.out.printf(format, "run", "state", "step", "valid BLEU", "test BLEU", "age");
    for (RunList.Row row : rows) {
      System.out.printf(
          format,
          name(row),
          row.state().label(),
          row.step(),
          score(row.bestValidation()),
          score(row.test()),
          age(Duration.between(row.changed(), Instant.now())));
    }
    return 0;
  }

  private static String name(RunList.Row row) {
    return row.run().path().toString();
  }

  private static String score(OptionalDouble score) {
    return score.isPresent() ? String.format(Locale.ROOT, "%.2f", score.getAsDouble()) : "-";
  }

  /** The age in the largest unit that gives at least two, e.g. "3 hours". */
  static String age(Duration age) {
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() >= 2 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
  }

  private static String json(List<RunList.Row> rows) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode runs = root.putArray("runs");
    for (RunList.Row row : rows) {
      ObjectNode one = runs.addObject();
      one.put("run", name(row)).put("state", row.state().label()).put("step", row.step());
      row.bestValidation().ifPresent(score -> one.put("bestValidationBleu", score));
      row.test().ifPresent(score -> one.put("testBleu", score));
      one.put("changed", row.changed().toString());
    }
    return root.toString();
  }
}
