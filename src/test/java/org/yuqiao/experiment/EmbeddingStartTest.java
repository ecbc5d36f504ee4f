package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.SafeTensors;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.Provenance;

class EmbeddingStartTest {
  private static final String SHORT =
      """
      train: {minutes: 0, steps: 6, threads: 1, validateMinutes: 0, averageCheckpoints: 1}
      embedding: {init: cbow, epochs: 1}
      """;

  @TempDir private Path folder;
  private final Backend backend = new Backend(1);

  private ExperimentSettings settings(String... overrides) throws IOException {
    Path file = TinyExperiment.write(folder, "e.yaml", SHORT);
    return SettingsFile.read(file, List.of(overrides));
  }

  private Map<String, SafeTensors.Tensor> weights(String name, String... overrides)
      throws IOException {
    FinishedRun run = FinishedRun.of(settings(overrides), folder.resolve(name), backend);
    return SafeTensors.read(run.folder().model());
  }

  @Test
  void embeddingsFrozenForAllStepsAreFrozenForEver() throws IOException {
    Map<String, SafeTensors.Tensor> always = weights("always", "embedding.freeze=both");
    Map<String, SafeTensors.Tensor> all =
        weights("all", "embedding.freeze=both", "embedding.freezeSteps=6");
    always.forEach(
        (name, tensor) -> assertArrayEquals(tensor.values(), all.get(name).values(), name));
  }

  @Test
  void embeddingsFrozenAtFirstMoveAfterwards() throws IOException {
    Map<String, SafeTensors.Tensor> always = weights("always", "embedding.freeze=source");
    Map<String, SafeTensors.Tensor> atFirst =
        weights("first", "embedding.freeze=source", "embedding.freezeSteps=3");
    String matrix = "encoder.embedding";
    assertFalse(Arrays.equals(always.get(matrix).values(), atFirst.get(matrix).values()));
  }

  @Test
  void furtherTextChangesTheVectorsOfItsLanguageAndIsHashed() throws IOException {
    Files.writeString(folder.resolve("more.zh"), "我有三本书，你有五本书。\n".repeat(50));
    String[] frozen = {"embedding.freeze=both", "embedding.text=[" + folder + "/more.zh]"};
    Map<String, SafeTensors.Tensor> without = weights("without", "embedding.freeze=both");
    FinishedRun run = FinishedRun.of(settings(frozen), folder.resolve("with"), backend);
    Map<String, SafeTensors.Tensor> with = SafeTensors.read(run.folder().model());
    without.keySet().stream()
        .filter(name -> name.endsWith("embedding"))
        .forEach(
            name ->
                assertEquals(
                    name.startsWith("decoder"),
                    Arrays.equals(without.get(name).values(), with.get(name).values()),
                    name));
    List<Provenance.Corpus> text =
        Provenance.read(run.folder()).orElseThrow().corpora().get("embedding.text");
    assertEquals(64, text.get(0).sha256().length());
  }

  @Test
  void bilingualVectorsAreLearnedOfBothSidesTogether() throws IOException {
    Map<String, SafeTensors.Tensor> separate = weights("separate", "embedding.freeze=both");
    String[] together = {"embedding.freeze=both", "embedding.init=bilingual-cbow"};
    Map<String, SafeTensors.Tensor> first = weights("first", together);
    Map<String, SafeTensors.Tensor> again = weights("again", together);
    for (String matrix : List.of("encoder.embedding", "decoder.embedding")) {
      assertFalse(Arrays.equals(separate.get(matrix).values(), first.get(matrix).values()), matrix);
      assertArrayEquals(first.get(matrix).values(), again.get(matrix).values(), matrix);
    }
  }

  @Test
  void oneMatrixCanStartFromMergedPairs() throws IOException {
    String[] tied = {"subwords.joint=true", "model.weightTying=three-way", "embedding.freeze=both"};
    Map<String, SafeTensors.Tensor> separate = weights("alternating", tied);
    Map<String, SafeTensors.Tensor> merged =
        weights("merged", tied[0], tied[1], tied[2], "embedding.init=bilingual-cbow");
    assertFalse(
        Arrays.equals(separate.get("embedding").values(), merged.get("embedding").values()));
  }

  @Test
  void whatHasNoEffectIsRefused() throws IOException {
    assertRefused("must be below model.hiddenSize", "embedding.removedComponents=16");
    assertRefused("must be at least 0, not -1", "embedding.removedComponents=-1");
    assertRefused("embedding.freezeSteps needs a side", "embedding.freezeSteps=5");
    assertRefused(
        "embedding.freezeSteps must be at least 0",
        "embedding.freeze=both",
        "embedding.freezeSteps=-1");
    assertRefused(
        "embedding.text needs word vectors", "embedding.init=random", "embedding.text=[more.zh]");
    assertRefused(
        "learns both sides together", "embedding.init=bilingual-cbow", "embedding.source=random");
    assertRefused("learns both sides together", "embedding.target=bilingual-skipgram");
    assertRefused("embedding.window must be from 1 to 32768, not 0", "embedding.window=0");
  }

  private void assertRefused(String expected, String... overrides) {
    String message =
        assertThrows(InvalidInputException.class, () -> settings(overrides)).getMessage();
    assertTrue(message.contains(expected), message);
  }
}
