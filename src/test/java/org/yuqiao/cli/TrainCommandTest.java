package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuqiao.cli.ProgramProcess.Result;

/** Training, killed and resumed, as a process. */
@ExtendWith(TrainedRun.Extension.class)
class TrainCommandTest {
  @Test
  void trainingLeavesModelMetricsAndReport(TrainedRun run) throws IOException {
    assertTrue(run.training().out().contains("我有999本书。"), run.training().out());
    for (String file :
        List.of(
            "settings.yaml",
            "provenance.json",
            "model.safetensors",
            "metrics.jsonl",
            "report.md",
            "learning-curve.png",
            "tokenizer.zh.json",
            "tokenizer.en.json")) {
      assertTrue(Files.size(run.folder().resolve("run").resolve(file)) > 0, file);
    }
  }

  @Test
  void aRunThatWasKilledGoesOnFromItsLastCheckpoint(TrainedRun run)
      throws IOException, InterruptedException {
    Process process =
        run.process().start("train", "e.yaml", "--out", "killed", "--set", "train.steps=100000");
    Path checkpoints = run.folder().resolve("killed/checkpoints");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (complete(checkpoints) < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertTrue(complete(checkpoints) >= 2);
    // What the kill may have left of a checkpoint half written.
    Files.createDirectories(checkpoints.resolve("step-00099999.tmp"));
    Path settings = run.folder().resolve("killed/settings.yaml");
    String shorter = Files.readString(settings).replaceAll("steps: 100000", "steps: 60");
    Files.writeString(settings, shorter);
    Result resumed = run.process().run("", "train", "--resume", "killed");
    assertEquals(0, resumed.exit(), resumed.err());
    assertTrue(Files.exists(run.folder().resolve("killed/report.md")));
  }

  private static long complete(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.filter(path -> path.toString().matches(".*step-\\d+")).count();
    }
  }
}
