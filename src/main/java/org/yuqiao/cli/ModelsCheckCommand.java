package org.yuqiao.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.experiment.ModelCheck;
import org.yuqiao.experiment.RunFolder;
import org.yuqiao.experiment.ShippedModels;
import org.yuqiao.files.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao models check}: whether models still are what they say. */
@Command(
    name = "check",
    description = "Checks the hashes of models and computes their scores again.",
    mixinStandardHelpOptions = true)
final class ModelsCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = "Exported models; without any, those in models/.")
  private List<Path> models = List.of();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0.3",
      description =
          "By how much a score may differ: other processors round differently (${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Override
  public Integer call() {
    ShippedModels shipped = ShippedModels.ofProgram();
    List<RunFolder> chosen =
        models.isEmpty() ? shipped.all() : models.stream().map(RunFolder::new).toList();
    if (chosen.isEmpty()) {
      throw new BadInput("there is no model in " + shipped.home().resolve("models"));
    }
    boolean agree = true;
    for (RunFolder model : chosen) {
      ModelCheck check;
      try (LineProgress progress = new LineProgress("translating", "sentences")) {
        check = ModelCheck.of(model, shipped.home(), Threading.backend(threads), progress::add);
      }
      check
          .written()
          .forEach(
              (metric, score) ->
                  System.out.printf(
                      Locale.ROOT,
                      "%s  %-5s written %6.2f, now %6.2f%n",
                      model.path(),
                      metric,
                      score,
                      check.now().get(metric)));
      agree &= check.difference() <= tolerance;
    }
    if (!agree) {
      throw new BadInput("a score differs by more than " + tolerance);
    }
    return 0;
  }
}
