package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.backend.Backend;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.GradientExchange;
import org.yuqiao.train.Replica;
import org.yuqiao.train.SharedMemoryExchange;

class ReplicatedRunTest {
  private static final String LIMITS =
      """
      train: {minutes: 0, steps: 6, validateMinutes: 0, validateSteps: 2, batchTokens: 200}
      """;

  @TempDir private Path folder;

  @Test
  void replicasMakeTheRunOfOneProcessAndItResumesWithoutThem() throws IOException {
    ExperimentSettings settings =
        SettingsFile.read(TinyExperiment.write(folder, "tiny.yaml", LIMITS), List.of());
    Path alone = folder.resolve("alone");
    FinishedRun.of(settings, alone, new Backend(2));

    Path replicated = folder.resolve("replicated");
    List<GradientExchange> exchanges = SharedMemoryExchange.of(2);
    CompletableFuture<Void> second = follower(replicated, exchanges.get(1));
    Replica first = new Replica(new Backend(1), exchanges.get(0));
    FinishedRun.of(settings, replicated, first);
    second.join();
    assertArrayEquals(lastWeights(alone), lastWeights(replicated));
    String backend =
        Provenance.read(new RunFolder(replicated)).orElseThrow().sessions().get(0).backend();
    assertTrue(backend.endsWith("1 thread, in each of 2 replicas"), backend);
    String report = Files.readString(new RunFolder(replicated).report());
    assertTrue(report.contains("\nComputed by " + backend + ".\n"), report);

    Path parts = folder.resolve("parts");
    List<GradientExchange> others = SharedMemoryExchange.of(2);
    CompletableFuture<Void> other = follower(parts, others.get(1));
    FinishedRun.stoppedAfter(3, settings, parts, new Replica(new Backend(1), others.get(0)));
    other.join();
    FinishedRun.resumed(parts, new Backend(2));
    assertArrayEquals(lastWeights(alone), lastWeights(parts));
    assertEquals(2, Provenance.read(new RunFolder(parts)).orElseThrow().sessions().size());
  }

  private static CompletableFuture<Void> follower(Path run, GradientExchange exchange) {
    return CompletableFuture.runAsync(
        () -> RunReplica.follow(run, new Replica(new Backend(1), exchange)));
  }

  private static byte[] lastWeights(Path run) throws IOException {
    Path last = new RunFolder(run).checkpoints().ofStep(6).orElseThrow();
    return Files.readAllBytes(Checkpoints.weightsIn(last).orElseThrow());
  }
}
