package org.yuqiao.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.OutputFolder;
import org.yuqiao.inference.Evaluation;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.store.ModelCard;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.ModelWeights;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.Quantization;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import org.yuqiao.store.TokenizerFiles;

/**
 * Exports the model of a complete run to a folder without checkpoints and logs.
 *
 * <p>The folder holds weights, tokenizers, settings, provenance, manifest and model card.
 */
public final class ModelExport {
  private static final String WEIGHTS = "model.safetensors";
  private static final String RESULT = "result.json";
  private static final String CARD = "README.md";
  private static final List<String> FILES =
      List.of("settings.yaml", WEIGHTS, "provenance.json", RESULT);

  private final boolean int8;
  private final ModelCard.Words words;
  private final Backend backend;
  private final LongConsumer progress;

  /**
   * An export.
   *
   * @param int8 whether weights are quantized to int8; then the test corpora are translated and
   *     scored with them
   * @param words what the card says of license and sources
   * @param backend translates for the scores of int8 weights
   * @param progress receives the number of translated sentences
   */
  public ModelExport(boolean int8, ModelCard.Words words, Backend backend, LongConsumer progress) {
    this.int8 = int8;
    this.words = words;
    this.backend = backend;
    this.progress = progress;
  }

  /**
   * Writes the model folder.
   *
   * @throws InvalidInputException if the run does not translate or is not complete, or {@code
   *     folder} is not empty
   */
  public ModelManifest write(RunFolder run, Path folder) {
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
    List<String> files = files(run.path());
    OutputFolder.requireFree(
        folder, Stream.concat(files.stream(), Stream.of(CARD)).toList(), ModelManifest.FILE);
    ModelWeights.requireFinite(run);
    for (String name : files) {
      copy(run.path().resolve(name), folder.resolve(name));
    }
    List<Provenance.Corpus> test = provenance.corpora().get("test");
    List<Provenance.Corpus> scored =
        test == null || test.isEmpty() ? provenance.corpora().get("valid") : test;
    RunResult exported = int8 ? quantized(run, folder, result, scored) : result;
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            ModelManifest.VERSION,
            settings.direction(),
            result.parameters(),
            contents(folder, files),
            scored,
            exported.scores(),
            exported.signatures());
    ModelCard card = new ModelCard(folder, settings, provenance, exported, manifest, words);
    AtomicFile.write(folder.resolve(CARD), card.text());
    // Written last: it marks the folder as complete.
    manifest.write(folder);
    return manifest;
  }

  /** Quantizes the weights of {@code folder}; the result with the scores that they have. */
  private RunResult quantized(
      RunFolder run, Path folder, RunResult result, List<Provenance.Corpus> scored) {
    Quantization.quantize(run.model(), folder.resolve(WEIGHTS));
    List<String> corpora = scored.stream().map(Provenance.Corpus::name).toList();
    try (TranslationModel model = TranslationModel.load(List.of(folder), backend)) {
      String metrics = String.join(",", result.scores().keySet());
      Evaluation.Result evaluation =
          Evaluation.run(model, model.settings().decode(), corpora, metrics, progress);
      RunResult exported = result.withScores(evaluation.scores(), evaluation.seconds());
      exported.write(new RunFolder(folder));
      return exported;
    }
  }

  private static List<String> files(Path run) {
    return Stream.concat(FILES.stream(), TokenizerFiles.names(run).stream()).toList();
  }

  private static Map<String, ModelManifest.Contents> contents(Path folder, List<String> names) {
    Map<String, ModelManifest.Contents> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, ModelManifest.Contents.of(folder.resolve(name)));
    }
    return files;
  }

  private static void copy(Path from, Path to) {
    if (!Files.isRegularFile(from)) {
      throw new InvalidInputException("there is no file " + from);
    }
    AtomicFile.write(to, out -> Files.copy(from, out));
  }
}
