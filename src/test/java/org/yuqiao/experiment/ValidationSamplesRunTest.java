package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.ValidationSamples;

class ValidationSamplesRunTest {
  private static final String LIMITS =
      """
      train: {minutes: 0, steps: 6, validateMinutes: 0, validateSteps: 2, batchTokens: 200, threads: 1}
      """;

  @TempDir private Path folder;

  @Test
  void aRunKeepsTranslationsOfEachValidationAndAResumedRunTheSame() throws IOException {
    Backend backend = new Backend(1);
    ExperimentSettings settings =
        SettingsFile.read(TinyExperiment.write(folder, "tiny.yaml", LIMITS), List.of());
    RunFolder whole = FinishedRun.of(settings, folder.resolve("whole"), backend).folder();
    List<ValidationSamples> samples = ValidationSamples.read(whole);
    assertEquals(List.of(2L, 4L, 6L), samples.stream().map(ValidationSamples::step).toList());
    assertEquals("我有999本书。", samples.get(0).items().get(0).source());
    assertEquals("I have 999 books.", samples.get(0).items().get(0).reference());
    assertFalse(samples.get(2).items().get(0).translation().isBlank());
    Path parts = folder.resolve("parts");
    FinishedRun.stoppedAfter(3, settings, parts, backend);
    FinishedRun.resumed(parts, backend);
    assertEquals(samples, ValidationSamples.read(new RunFolder(parts)));
  }
}
