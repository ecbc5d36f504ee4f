package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunState;

/** Experiments as their users make them, each run in a process of its own. */
class ExperimentCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(
        folder,
        "grid.yaml",
        """
        train: {minutes: 0, steps: 20, batchTokens: 200, validateMinutes: 0, validateSteps: 10}
        decode.beamSize: 1
        grid: {model.layerNorm: [pre, post]}
        """);
  }

  private Process start(String... arguments) throws IOException {
    return new ProgramProcess(folder).start(arguments);
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return new ProgramProcess(folder).run("", arguments);
  }

  @Test
  void aGridIsRunSkippedListedShownAndCompared() throws IOException, InterruptedException {
    Result made = run("experiment", "run", "grid.yaml", "--jobs", "2");
    assertEquals(0, made.exit(), made.err());
    assertTrue(made.err().contains("2 runs complete"), made.err());
    assertTrue(
        Files.readString(folder.resolve("runs/grid/layerNorm=pre/provenance.json"))
            .contains("yuqiao experiment run grid.yaml --jobs 2"));
    Result again = run("experiment", "run", "grid.yaml");
    assertTrue(again.err().contains("2 runs skipped"), again.err());
    Result list = run("experiment", "list");
    assertEquals(2, list.out().lines().filter(line -> line.contains("complete")).count());
    Result shown = run("experiment", "show", "runs/grid/layerNorm=post");
    assertTrue(shown.out().contains("  model.layerNorm: post"), shown.out());
    assertTrue(shown.out().contains("10") && shown.out().contains("20 steps"), shown.out());
    assertFalse(shown.out().contains("optimizer."), shown.out());
    Result compared = run("experiment", "compare", "runs/grid", "--out", "report");
    assertEquals(0, compared.exit(), compared.err());
    assertTrue(Files.size(folder.resolve("report/index.html")) > 0);
    assertTrue(
        Files.readString(folder.resolve("report/report.md")).contains("| `model.layerNorm` |"));
  }

  @Test
  void aRunEndsWithACheckpointWhenItsQueueIsKilled() throws IOException, InterruptedException {
    Process queue = start("experiment", "run", "grid.yaml", "--minutes", "5");
    RunFolder first = new RunFolder(folder.resolve("runs/grid/layerNorm=post"));
    RunFolder run = new RunFolder(folder.resolve("runs/grid/layerNorm=pre"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (run.checkpoints().all().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    queue.destroyForcibly().waitFor();
    while (RunState.of(run) == RunState.RUNNING && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertEquals(RunState.STOPPED, RunState.of(run));
    assertFalse(first.exists());
    Result other = run("experiment", "run", "grid.yaml");
    assertEquals(1, other.exit());
    assertTrue(other.err().contains("train.minutes was 5.0 and is 0.0"), other.err());
  }

  @Test
  void settingsAreExplained() {
    Result all = InProcess.run("", "settings");
    assertTrue(all.out().contains("labelSmoothing: 0.1"), all.out());
    Result one = InProcess.run("", "settings", "model.layerNorm");
    assertTrue(one.out().contains("Allowed: pre, post."), one.out());
    Result unknown = InProcess.run("", "settings", "model.layrNorm");
    assertEquals(1, unknown.exit());
    assertTrue(unknown.err().contains("'model.layerNorm'"), unknown.err());
  }
}
