package org.yuqiao.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.experiment.ModelExport;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.store.ModelCard;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao export}: a model folder from a complete run. */
@Command(
    name = "export",
    description = {
      "Exports the model of a complete run to a folder with a model card and SHA-256 hashes.",
      "The folder works with --model like a run, and can be copied elsewhere."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The model folder, e.g. models/zh-en.")
  private Path out;

  @Option(
      names = "--int8",
      description = "Quantizes the weights to int8 and scores the test corpora with them.")
  private boolean int8;

  @Option(
      names = "--license",
      paramLabel = "NAME",
      description = "The license of the weights on the card (default: ${DEFAULT-VALUE}).")
  private String license = ModelCard.Words.DEFAULT.license();

  @Option(
      names = "--notes",
      paramLabel = "FILE",
      description = "Markdown sections for the card, as of sources with their licenses.")
  private Optional<Path> notes = Optional.empty();

  @Override
  public Integer call() {
    ModelCard.Words words = new ModelCard.Words(license, notes.map(ExportCommand::read).orElse(""));
    ModelManifest manifest;
    try (LineProgress progress = new LineProgress("scoring", "sentences")) {
      Backend backend = new Backend(Runtime.getRuntime().availableProcessors());
      manifest =
          new ModelExport(int8, words, backend, progress::add).write(new RunFolder(run), out);
    }
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    System.err.printf(Locale.ROOT, "%s: %s, %.1f MB%n", out, manifest.direction(), bytes / 1e6);
    return 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }
}
