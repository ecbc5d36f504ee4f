package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.ModelCard;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ShippedModels;
import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingStep;

class ModelExportTest {
  @TempDir private Path folder;

  private RunFolder run;
  private Path model;

  /** A run that is complete after two steps. */
  @BeforeEach
  void train() throws IOException {
    Path experiment =
        TinyExperiment.write(
            folder,
            "tiny.yaml",
            """
            train: {minutes: 0, steps: 2, batchTokens: 100, validateMinutes: 0, validateSteps: 1, threads: 1,
              averageCheckpoints: 1}
            decode: {beamSize: 2}
            """);
    run = new RunFolder(folder.resolve("run"));
    ExperimentSettings settings = SettingsFile.read(experiment, List.of());
    Experiment.begin(
            settings,
            run.path(),
            new Backend(1),
            new ProgressListener() {
              @Override
              public void say(String sentence) {}

              @Override
              public void step(Progress progress, TrainingStep.Result result) {}
            },
            new AtomicBoolean())
        .run();
    model = folder.resolve("models").resolve("zh-en");
  }

  private static void export(RunFolder run, Path folder) {
    new ModelExport(false, ModelCard.Words.DEFAULT, new Backend(1), done -> {}).write(run, folder);
  }

  @Test
  void int8WeightsAreSmallerAndTheirScoresComeOutAgain() throws IOException {
    ModelCard.Words words = new ModelCard.Words("CC BY-SA 4.0", "## Sources\n\nMine.\n");
    new ModelExport(true, words, new Backend(1), done -> {}).write(run, model);
    assertTrue(
        Files.size(model.resolve("model.safetensors")) < Files.size(run.model()) / 2,
        "int8 weights are smaller");
    ModelCheck check = ModelCheck.of(new RunFolder(model), folder, new Backend(1), done -> {});
    assertEquals(0, check.difference(), 1e-9);
    String card = Files.readString(model.resolve("README.md"));
    assertTrue(card.contains("## Sources\n\nMine.\n\n## Settings"), card);
    assertTrue(card.contains("License: CC BY-SA 4.0."), card);
  }

  private static List<String> translations(Path folder) {
    try (TranslationModel model = TranslationModel.load(List.of(folder), new Backend(1))) {
      return model.translate(List.of("他是学生。"));
    }
  }

  @Test
  void theModelTranslatesAsItsRunAndCanBeMoved() throws IOException {
    export(run, model);
    Path moved = folder.resolve("elsewhere");
    Files.move(model, moved);
    assertEquals(translations(run.path()), translations(moved));
    assertFalse(Files.exists(moved.resolve("checkpoints")));
    assertFalse(Files.exists(moved.resolve("train.ids")));
    String card = Files.readString(moved.resolve("README.md"));
    for (String part :
        List.of("Chinese into English", "bleu", "`model.hiddenSize` | `16`", "seed 1")) {
      assertTrue(card.contains(part), part + " in\n" + card);
    }
  }

  @Test
  void itsScoresComeOutAgain() {
    export(run, model);
    ModelCheck check = ModelCheck.of(new RunFolder(model), folder, new Backend(1), done -> {});
    assertEquals(0, check.difference(), 1e-9);
    assertEquals(3, check.now().size());
  }

  @Test
  void aDamagedModelIsRefusedInASentence() throws IOException {
    export(run, model);
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    String refusal =
        assertThrows(InvalidInputException.class, () -> translations(model)).getMessage();
    assertTrue(refusal.contains("model.safetensors is damaged or was changed"), refusal);
    Files.delete(model.resolve("tokenizer.zh.json"));
    refusal = assertThrows(InvalidInputException.class, () -> translations(model)).getMessage();
    assertTrue(refusal.contains("tokenizer.zh.json"), refusal);
  }

  @Test
  void anotherVersionOfTheFormatIsRefused() throws IOException {
    export(run, model);
    Path manifest = model.resolve("model.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"version\" : 1", "\"version\" : 2"));
    String refusal =
        assertThrows(InvalidInputException.class, () -> translations(model)).getMessage();
    assertTrue(refusal.contains("version 2") && refusal.contains("version 1"), refusal);
    Files.writeString(manifest, "{");
    refusal = assertThrows(InvalidInputException.class, () -> translations(model)).getMessage();
    assertTrue(refusal.contains("model.json is damaged"), refusal);
  }

  @Test
  void onlyCompleteRunsAreExportedAndNothingIsOverwritten() throws IOException {
    export(run, model);
    assertThrows(InvalidInputException.class, () -> export(run, model));
    Files.delete(run.result());
    String refusal =
        assertThrows(InvalidInputException.class, () -> export(run, folder.resolve("other")))
            .getMessage();
    assertTrue(refusal.contains("is not complete"), refusal);
  }

  @Test
  void shippedModelsAreFoundByTheirDirection() {
    export(run, model);
    ShippedModels shipped = new ShippedModels(folder);
    assertEquals(model, shipped.direction("zh-en").path());
    assertEquals(List.of(new RunFolder(model)), shipped.all());
    assertTrue(
        assertThrows(InvalidInputException.class, () -> shipped.direction("en-zh"))
            .getMessage()
            .contains("there is no shipped model"));
    assertThrows(InvalidInputException.class, () -> shipped.direction("zh-fr"));
  }
}
