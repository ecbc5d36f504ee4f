package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.ThreadsOption;
import org.yuqiao.experiment.ModelCheck;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import org.yuqiao.store.WordVectorsFolder;
import org.yuqiao.store.WordVectorsManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao models check}: verifies the hashes and scores of models. */
@Command(
    name = "check",
    description =
        "Verifies the hashes of models and recomputes their scores; trains word vectors again where"
            + " their corpora are there.",
    mixinStandardHelpOptions = true)
final class ModelsCheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = "Model folders (default: all in models/).")
  private List<Path> models = List.of();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0.3",
      description =
          "Largest accepted difference of a score; processors round differently (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() {
    threads.count();
    ShippedModels shipped = ShippedModels.ofProgram();
    List<RunFolder> translators = new ArrayList<>();
    List<WordVectorsFolder> vectors = new ArrayList<>();
    if (models.isEmpty()) {
      translators.addAll(shipped.all());
      vectors.addAll(shipped.vectors());
    }
    for (Path model : models) {
      if (WordVectorsManifest.read(model).isPresent()) {
        vectors.add(new WordVectorsFolder(model));
      } else {
        translators.add(new RunFolder(model));
      }
    }
    if (translators.isEmpty() && vectors.isEmpty()) {
      throw new InvalidInputException("there is no model in " + shipped.home().resolve("models"));
    }
    boolean agree = true;
    for (RunFolder model : translators) {
      agree &= check(model, shipped.home());
    }
    for (WordVectorsFolder folder : vectors) {
      agree &= check(folder, shipped.home());
    }
    if (!agree) {
      throw new InvalidInputException("a score differs by more than " + tolerance);
    }
    return 0;
  }

  private boolean check(RunFolder model, Path home) {
    ModelCheck check;
    try (LineProgress progress = new LineProgress("translating", "sentences")) {
      check = ModelCheck.of(model, home, threads.backend(), progress::add);
    }
    if (check.written().isEmpty()) {
      System.out.printf("%s  intact; no scores are recorded%n", model.path());
    }
    check
        .written()
        .forEach((metric, score) -> print(model.path(), metric, score, check.now().get(metric)));
    return check.difference() <= tolerance;
  }

  private boolean check(WordVectorsFolder folder, Path home) {
    double recorded = folder.manifest().loss();
    List<String> missing = folder.missingCorpora(home);
    if (!missing.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%s  loss  recorded %6.2f, not trained again: there is no %s%n",
          folder.path(),
          recorded,
          missing.get(0));
      return true;
    }
    double now = folder.lossOfNewTraining(home);
    print(folder.path(), "loss", recorded, now);
    return Math.abs(recorded - now) <= tolerance;
  }

  private static void print(Path model, String metric, double recorded, double now) {
    System.out.printf(
        Locale.ROOT, "%s  %-5s recorded %6.2f, now %6.2f%n", model, metric, recorded, now);
  }
}
