package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.RunFolder;

/** The way of a run's corpora to the encoded training split. */
class PreparationTest {
  @TempDir private Path folder;

  private final Backend backend = new Backend(1);

  @BeforeEach
  void writeCorpora() throws IOException {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      train.append(String.format("{\"zh\": \"我有%d本书。\", \"en\": \"I have %d books.\"}%n", i, i));
    }
    Files.writeString(folder.resolve("train.jsonl"), train);
    Files.writeString(folder.resolve("valid.tsv"), "我有999本书。\tI have 999 books.\n");
    Files.writeString(folder.resolve("test.tsv"), "我有998本书。\tI have 998 books.\n");
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        data: {train: [%1$s/train.jsonl], valid: [%1$s/valid.tsv], test: [%1$s/test.tsv]}
        subwords: {vocabularySize: 300}
        model: {hiddenSize: 16, feedForwardSize: 16, attention: {heads: 2}, encoderLayers: 1, decoderLayers: 1}
        train: {minutes: 0, steps: 2, batchTokens: 300, averageCheckpoints: 1, validateMinutes: 0, validateSteps: 2}
        decode: {beamSize: 1}
        """
            .formatted(folder));
  }

  private ExperimentSettings settings(String... overrides) {
    return SettingsFile.read(folder.resolve("e.yaml"), List.of(overrides));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.kind=encoder-decoder",
        "embedding.init=cbow",
        "subwords.joint=true",
        "model.kind=decoder-only",
        "model.kind=encoder-only"
      })
  void theTrainingCorpusIsReadOnceForItsHashAndOnceForCleaning(String override) throws IOException {
    Path file = folder.resolve("train.jsonl");
    Path run = folder.resolve("run");
    assertEquals(2 * Files.size(file), bytesRead(file, settings(override), run));
    assertFalse(Files.exists(new RunFolder(run).cleanedPairs()));
  }

  @Test
  void labeledSentencesAreReadOnceForTheirHashAndOnceForTraining() throws IOException {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      train.append("yes\t好").append(i).append("\nno\t不好").append(i).append('\n');
    }
    Path file = folder.resolve("labels.txt");
    Files.writeString(file, train);
    Files.writeString(folder.resolve("labels.valid.txt"), "yes\t很好\nno\t很不好\n");
    ExperimentSettings settings =
        settings(
            "model.kind=encoder-only",
            "task=classification",
            "data.train=[" + file + "]",
            "data.valid=[" + folder.resolve("labels.valid.txt") + "]",
            "data.test=[]");
    assertEquals(2 * Files.size(file), bytesRead(file, settings, folder.resolve("run")));
  }

  private long bytesRead(Path file, ExperimentSettings settings, Path run) throws IOException {
    Path dump = folder.resolve("reads.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileRead").withoutThreshold().withoutStackTrace();
      recording.start();
      FinishedRun.of(settings, run, backend);
      recording.stop();
      recording.dump(dump);
    }
    long read = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
      if (file.toString().equals(event.getString("path"))) {
        read += event.getLong("bytesRead");
      }
    }
    return read;
  }

  @Test
  void pairsLeftOverByAKilledProcessAreNotUsed() throws IOException {
    FinishedRun expected = FinishedRun.of(settings(), folder.resolve("expected"), backend);
    RunFolder begun = new RunFolder(folder.resolve("begun"));
    Files.createDirectories(begun.path());
    Files.writeString(begun.cleanedPairs(), "left over");
    FinishedRun.stoppedAfter(1, settings(), begun.path(), backend);
    Files.writeString(begun.cleanedPairs(), "left over");
    FinishedRun.resumed(begun.path(), backend);
    assertArrayEquals(
        Files.readAllBytes(expected.folder().model()), Files.readAllBytes(begun.model()));
    assertFalse(Files.exists(begun.cleanedPairs()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.kind=encoder-decoder",
        "model.kind=decoder-only",
        "model.kind=encoder-only"
      })
  void aSplitWithoutAUsablePairIsRefusedBeforeTraining(String override) throws IOException {
    assertRefused("train.jsonl", "{\"zh\": \"...\", \"en\": \"Hello.\"}", override);
    assertRefused("valid.tsv", "...\tHello.", override);
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "\t\n");
    assertEquals("there is no sentence in " + test, refusal(override));
  }

  private void assertRefused(String split, String line, String override) throws IOException {
    Path file = folder.resolve(split);
    String before = Files.readString(file);
    Files.writeString(file, line);
    String message = refusal(override);
    assertTrue(
        message.contains("all 1 pairs of " + file + " were dropped: 1 wrong-script"), message);
    Files.writeString(file, before);
  }

  private String refusal(String override) {
    Path run = folder.resolve("refused");
    String message =
        assertThrows(
                InvalidInputException.class, () -> FinishedRun.of(settings(override), run, backend))
            .getMessage();
    RunFolder refused = new RunFolder(run);
    assertFalse(refused.exists());
    assertFalse(Files.exists(refused.cleanedPairs()));
    return message;
  }
}
