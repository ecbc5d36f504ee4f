package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.experiment.Training;
import org.yuqiao.server.ServedExplorer;
import org.yuqiao.server.ServerSettings;

/** Runs as the page sees them, also while they train. */
@Timeout(120)
class RunsApiTest {
  private static final String SETTINGS =
      "train: {minutes: 0, steps: %d, validateSteps: 10, validateMinutes: 0, threads: 1}\n";

  @TempDir private Path folder;
  private Path runs;
  @AutoClose private ServedExplorer explorer;

  @BeforeEach
  void start() throws Exception {
    runs = Files.createDirectory(folder.resolve("runs"));
    explorer =
        new ServedExplorer(ServerSettings.builder().models(List.of()).runs(runs).port(0).build());
  }

  private void train(String name, int steps) {
    try {
      Path file = TinyExperiment.write(folder, name + ".yaml", SETTINGS.formatted(steps));
      Training.run(file, runs.resolve(name), line -> {});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCompleteRunHasCurvesSettingsAndSamples() throws Exception {
    train("first", 20);
    JsonNode list = explorer.get("/runs").body().get("runs");
    assertEquals(1, list.size());
    assertEquals("first", list.get(0).get("id").asText());
    assertEquals("complete", list.get(0).get("state").asText());
    JsonNode run = explorer.get("/runs/first").body();
    assertEquals("16", run.get("settings").get("model.hiddenSize").asText());
    JsonNode validations = run.get("curves").get("validation loss");
    assertEquals(20, validations.get(validations.size() - 1).get(0).asInt());
    assertEquals(3, validations.get(0).size());
    assertTrue(run.get("samples").get(0).get("items").get(0).has("translation"));
    assertTrue(run.get("test").has("bleu"));
    assertFalse(run.get("curves").has("peakMemoryBytes"));
    assertTrue(run.get("best").has("chrf"));
  }

  @Test
  void eventsFollowATrainingToItsEnd() throws Exception {
    CompletableFuture<Void> training = CompletableFuture.runAsync(() -> train("live", 150));
    while (explorer.get("/runs/live").status() != 200) {
      Thread.onSpinWait();
    }
    List<String> lines = explorer.lines("/runs/live/events?after=0").toList();
    training.join();
    assertEquals("event: state", lines.get(0));
    assertTrue(lines.contains("event: metrics"), lines.toString());
    assertTrue(lines.contains("event: samples"), lines.toString());
    String last =
        lines.stream().filter(line -> line.startsWith("data: ")).reduce((a, b) -> b).get();
    assertTrue(last.contains("\"state\":\"complete\""), last);
    assertTrue(last.contains("\"step\":150"), last);
    assertFalse(lines.stream().anyMatch(line -> line.contains("NaN")), lines.toString());
  }

  @Test
  void pathsInIdsFindNothing() throws Exception {
    train("first", 10);
    for (String id :
        List.of("nope", "..", "%2e%2e", "..%2fruns%2ffirst", "first%2f..%2ffirst", "/etc")) {
      int status = explorer.get("/runs/" + id).status();
      assertTrue(status == 404 || status == 400, id + " is answered with " + status);
    }
    assertEquals(400, explorer.get("/runs/first/events?after=x").status());
    assertEquals(400, explorer.get("/runs?folder=/etc").status());
  }

  @Test
  void aFailureAndSettingsAreShownWithoutFolders() throws Exception {
    train("first", 10);
    Files.writeString(
        runs.resolve("first/failure.txt"), "cannot write " + runs.resolve("first/x.json") + "\n");
    JsonNode run = explorer.get("/runs/first").body();
    assertEquals("failed", run.get("state").asText());
    assertEquals("cannot write x.json", run.get("failure").asText());
    assertFalse(run.toString().contains(folder.toString()), run.toString());
    assertTrue(run.get("settings").get("data.train").asText().contains("train.tsv"));
  }

  @Test
  void withoutAFolderThereAreNoRuns() throws Exception {
    try (ServedExplorer none =
        new ServedExplorer(ServerSettings.builder().models(List.of()).port(0).build())) {
      assertEquals(0, none.get("/runs").body().get("runs").size());
    }
  }
}
