package org.yuqiao.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelCard;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;

/**
 * Exports the model of a complete run to a folder without checkpoints and logs.
 *
 * <p>The folder holds weights, tokenizers, settings, provenance, manifest and model card.
 */
public final class ModelExport {
  private static final List<String> FILES =
      List.of(
          "settings.yaml",
          "tokenizer.zh.json",
          "tokenizer.en.json",
          "model.safetensors",
          "provenance.json",
          "result.json");

  private ModelExport() {}

  /**
   * Writes the model folder.
   *
   * @throws InvalidInputException if the run does not translate or is not complete, or {@code
   *     folder} is not empty
   */
  public static ModelManifest write(RunFolder run, Path folder) {
    ExperimentSettings settings = run.loadSettings();
    settings.requireTranslation(run.path());
    RunResult result =
        RunResult.read(run)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        run.path()
                            + " is not complete; resume it with: ./yuqiao train --resume "
                            + run.path()));
    Provenance provenance =
        Provenance.read(run)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        run.provenance() + " has no training session; the run cannot be exported"));
    AtomicFile.requireEmpty(folder);
    ModelWeights.requireFinite(run);
    Map<String, ModelManifest.Contents> files = new LinkedHashMap<>();
    for (String name : FILES) {
      copy(run.path().resolve(name), folder.resolve(name));
      files.put(name, ModelManifest.Contents.of(folder.resolve(name)));
    }
    List<Provenance.Corpus> test = provenance.corpora().get("test");
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            ModelManifest.VERSION,
            settings.direction(),
            result.parameters(),
            files,
            test == null || test.isEmpty() ? provenance.corpora().get("valid") : test,
            result.scores(),
            result.signatures());
    ModelCard card = new ModelCard(folder, settings, provenance, result, manifest);
    AtomicFile.write(folder.resolve("README.md"), card.text());
    // Written last: it marks the folder as complete.
    manifest.write(folder);
    return manifest;
  }

  private static void copy(Path from, Path to) {
    if (!Files.isRegularFile(from)) {
      throw new InvalidInputException("there is no file " + from);
    }
    AtomicFile.write(to, out -> Files.copy(from, out));
  }
}
