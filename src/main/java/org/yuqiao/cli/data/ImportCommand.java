package org.yuqiao.cli.data;

import static org.yuqiao.files.InvalidInputException.require;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.marian.ImportedCard;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.store.marian.StudentImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao import}: a model folder from a Marian model. */
@Command(
    name = "import",
    description = {
      "Imports a translation model with the Marian architecture from a Hugging Face folder, as"
          + " OPUS-MT's: config.json, model.safetensors or pytorch_model.bin, source.spm, target.spm,"
          + " vocab.json; or a student of Firefox Translations: model.*.bin or .bin.gz, vocab.*.spm"
          + " or .spm.gz.",
      "The model folder works with --model and start.model like a run, and has a model card."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER", description = "The folder of the Marian model.")
  private Path folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The model folder, e.g. models/opus-zh-en.")
  private Path out;

  @Option(
      names = "--direction",
      paramLabel = "zh-en|en-zh",
      description =
          "The direction (default: as tokenizer_config.json or the name of the model says).")
  private Optional<String> direction = Optional.empty();

  @Option(
      names = "--target-language",
      paramLabel = "CODE",
      description =
          "For a model with several target languages: the one of all sources that do not begin with"
              + " one, as cmn_Hans.")
  private Optional<String> targetLanguage = Optional.empty();

  @Option(
      names = "--license",
      paramLabel = "NAME",
      description = "The license of the model on its card, README.md.")
  private Optional<String> license = Optional.empty();

  @Override
  public Integer call() {
    boolean isStudent = StudentImport.accepts(folder);
    ModelManifest manifest = imported(isStudent);
    String format =
        isStudent ? "a binary model of the Marian toolkit" : "a Marian model of Hugging Face";
    Path origin = folder.toAbsolutePath().normalize().getFileName();
    new ImportedCard(out, origin, format, license, manifest).write();
    System.err.printf(
        Locale.ROOT, "%s: %s, %,d parameters%n", out, manifest.direction(), manifest.parameters());
    return 0;
  }

  private ModelManifest imported(boolean isStudent) {
    if (!isStudent) {
      return new MarianImport(folder, direction, targetLanguage).write(out);
    }
    require(
        targetLanguage.isEmpty(), "a student has one target language; leave out --target-language");
    return new StudentImport(folder, direction).write(out);
  }
}
