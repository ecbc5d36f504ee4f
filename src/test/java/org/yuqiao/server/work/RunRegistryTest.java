package org.yuqiao.server.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.experiment.CdsWarmUp;
import org.yuqiao.store.RunFolder;

class RunRegistryTest {
  @TempDir private Path folder;

  private static String line(int step, int bleu) {
    return "{\"kind\": \"validation\", \"step\": %d, \"seconds\": 120, \"bleu\": %d}\n"
        .formatted(step, bleu);
  }

  @Test
  void metricsAreReadAgainOnlyWhenTheirFileHasChanged() throws Exception {
    RunFolder run = CdsWarmUp.write(folder);
    RunRegistry runs = new RunRegistry(Optional.of(folder));
    RunRegistry.Served served = runs.all().get(0);
    assertEquals(new RunProgress(0, 0, Map.of()), runs.progress(served));
    Files.writeString(run.metrics(), line(10, 20));
    RunProgress first = new RunProgress(10, 2, Map.of("bleu", 20.0));
    assertEquals(first, runs.progress(served));
    FileTime time = Files.getLastModifiedTime(run.metrics());
    Files.writeString(run.metrics(), line(10, 30));
    Files.setLastModifiedTime(run.metrics(), time);
    assertEquals(first, runs.progress(runs.all().get(0)), "the same size and time");
    Files.writeString(run.metrics(), line(10, 20) + line(20, 30));
    assertEquals(new RunProgress(20, 2, Map.of("bleu", 30.0)), runs.progress(served));
  }
}
