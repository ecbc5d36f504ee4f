package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;

class FineTuningTest {
  private static final String BUDGET =
      "train: {minutes: 0, steps: 6, threads: 2, validateMinutes: 0}\n";

  @TempDir private Path folder;
  private final Backend backend = new Backend(2);

  private TrainedRun general() throws IOException {
    Path file = TinyExperiment.write(folder, "general.yaml", BUDGET + "model.positions: rotary\n");
    return TrainedRun.of(SettingsFile.read(file, List.of()), folder.resolve("general"), backend);
  }

  /** An experiment that says nothing of the model. */
  private ExperimentSettings settings(String start, String... overrides) throws IOException {
    Path file = TinyExperiment.writeData(folder, "tuned.yaml", BUDGET);
    return SettingsFile.read(
        file, Stream.concat(Stream.of("start.model=" + start), Stream.of(overrides)).toList());
  }

  private static Map<String, SafeTensors.Tensor> weights(TrainedRun run) {
    return SafeTensors.read(run.folder().model());
  }

  @Test
  void weightsTokenizersAndModelSettingsAreThoseOfTheModelStartedFrom() throws IOException {
    TrainedRun general = general();
    String origin = general.folder().path().toString();
    ExperimentSettings settings = settings(origin, "optimizer.learningRate=1e-12");
    assertEquals(general.folder().loadSettings().model(), settings.model());
    TrainedRun tuned = TrainedRun.of(settings, folder.resolve("tuned"), backend);
    for (Language language : Language.values()) {
      assertEquals(
          general.folder().loadTokenizer(language).pieces(),
          tuned.folder().loadTokenizer(language).pieces());
    }
    Map<String, SafeTensors.Tensor> before = weights(general);
    weights(tuned)
        .forEach(
            (name, tensor) ->
                assertArrayEquals(before.get(name).values(), tensor.values(), 1e-6f, name));
    assertTrue(tuned.said().stream().anyMatch(said -> said.matches("all .* parameters from .*")));
  }

  @Test
  void frozenParametersStayAndTheOthersMove() throws IOException {
    TrainedRun general = general();
    String origin = general.folder().path().toString();
    TrainedRun tuned =
        TrainedRun.of(
            settings(origin, "start.freeze=[encoder.*, '*.bias']"),
            folder.resolve("tuned"),
            backend);
    Map<String, SafeTensors.Tensor> before = weights(general);
    weights(tuned)
        .forEach(
            (name, tensor) -> {
              boolean same = Arrays.equals(before.get(name).values(), tensor.values());
              boolean frozen = name.startsWith("encoder.") || name.endsWith(".bias");
              assertEquals(frozen, same, name);
            });
  }

  @Test
  void aCheckpointIsStartedFromToo() throws IOException {
    TrainedRun general = general();
    Path checkpoint = general.folder().checkpoints().all().get(0);
    TrainedRun tuned =
        TrainedRun.of(
            settings(checkpoint.toString(), "optimizer.learningRate=1e-12"),
            folder.resolve("tuned"),
            backend);
    assertFalse(weights(tuned).isEmpty());
  }

  @Test
  void whatDoesNotFitIsRefusedByItsKey() throws IOException {
    String origin = general().folder().path().toString();
    assertRefused("has model.positions rotary", origin, "model.positions=learned");
    assertRefused("has subwords.vocabularySize 400", origin, "subwords.vocabularySize=500");
    assertRefused("has direction zh-en", origin, "direction=en-zh");
    assertRefused("no parameter is named 'coder*'", origin, "start.freeze=['coder*']");
    assertRefused("names every parameter", origin, "start.freeze=['*']");
    assertRefused("there is no", folder.resolve("nowhere").toString());
    assertRefused("start.freeze needs start.model", "none", "start.freeze=['*']");
    assertRefused("data.weights must have a number", origin, "data.weights=[1, 2]");
    assertRefused("cannot both be given", origin, "start.encoder=" + origin);
  }

  private void assertRefused(String expected, String origin, String... overrides) {
    Path out = folder.resolve("refused");
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> TrainedRun.of(settings(origin, overrides), out, backend))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }
}
