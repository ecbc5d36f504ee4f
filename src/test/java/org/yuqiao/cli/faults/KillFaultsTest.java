package org.yuqiao.cli.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;

/**
 * kill -9 at random moments: what is done again ends as if nothing had happened. {@code
 * -Dyuqiao.faults.kills=N} sets the number of kills in all, {@code -Dyuqiao.faults.seed=N} the
 * moments.
 */
@Tag("faults")
class KillFaultsTest {
  private static final int KILLS = Integer.getInteger("yuqiao.faults.kills", 100);

  private final Random random = new Random(Long.getLong("yuqiao.faults.seed", 1));
  @TempDir private Path folder;
  private FaultProcess program;

  @BeforeEach
  void writeExperiments() throws IOException {
    program = new FaultProcess(folder);
    String train =
        "train: {minutes: 0, batchTokens: 200, validateMinutes: 0, threads: 1, emaDecay: 0.9, ";
    TinyExperiment.write(folder, "e.yaml", train + "steps: 240, validateSteps: 8}\n");
    TinyExperiment.write(
        folder,
        "grid.yaml",
        train + "steps: 48, validateSteps: 8}\ngrid: {model.layerNorm: [pre, post]}\n");
  }

  private long undisturbed(String... arguments) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Result result = program.result(program.start(List.of(), arguments));
    assertEquals(0, result.exit(), result.err());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private long moment(long millis) {
    return 1 + (long) (random.nextDouble() * millis);
  }

  private static void report(String what, int kills, int runs) {
    System.out.printf("%s: %d kills, %d ended like the undisturbed one%n", what, kills, runs);
    System.out.flush();
  }

  private byte[] weights(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void aKilledTrainingEndsWithTheSameWeights() throws IOException, InterruptedException {
    long millis = undisturbed("train", "e.yaml", "--out", "reference");
    int kills = 0;
    int runs = 0;
    while (kills < KILLS * 64 / 100) {
      String run = "run" + runs++;
      while (program.isKilled(moment(millis), train(run))) {
        kills++;
      }
      assertArrayEquals(weights("reference"), weights(run));
      assertTrue(Files.exists(folder.resolve(run).resolve("report.md")));
      report("training", kills, runs);
    }
  }

  private String[] train(String run) {
    return Files.exists(folder.resolve(run).resolve("settings.yaml"))
        ? new String[] {"train", "--resume", run}
        : new String[] {"train", "e.yaml", "--out", run};
  }

  @Test
  void aKilledQueueEndsWithTheSameWeights() throws IOException, InterruptedException {
    long millis = undisturbed("experiment", "run", "grid.yaml", "--out", "reference");
    int kills = 0;
    int queues = 0;
    while (kills < KILLS * 12 / 100) {
      String out = "queue" + queues++;
      boolean killed = true;
      while (killed) {
        Process queue = program.start(List.of(), "experiment", "run", "grid.yaml", "--out", out);
        killed = !queue.waitFor(moment(millis), TimeUnit.MILLISECONDS);
        if (killed) {
          kills++;
          kill(queue, random.nextBoolean());
        } else {
          assertEquals(0, queue.exitValue(), Files.readString(folder.resolve("err.txt")));
        }
      }
      for (String norm : List.of("pre", "post")) {
        String run = "/grid/layerNorm=" + norm;
        assertArrayEquals(weights("reference" + run), weights(out + run));
      }
    }
    report("experiment queue", kills, queues);
  }

  /** Kills a queue; its children are killed as well, or end when they find it gone. */
  private static void kill(Process queue, boolean children) throws InterruptedException {
    List<ProcessHandle> running = queue.descendants().toList();
    queue.destroyForcibly().waitFor();
    if (children) {
      running.forEach(ProcessHandle::destroyForcibly);
    }
    for (int i = 0; i < 1200 && running.stream().anyMatch(ProcessHandle::isAlive); i++) {
      Thread.sleep(100);
    }
    assertTrue(running.stream().noneMatch(ProcessHandle::isAlive), "a child goes on");
  }

  @Test
  void aKilledExportIsNoModelAndIsDoneAgain() throws IOException, InterruptedException {
    undisturbed("train", "e.yaml", "--out", "run");
    long millis = undisturbed("export", "--model", "run", "--out", "reference/model");
    Map<String, Integer> reference = FaultProcess.exported(folder.resolve("reference/model"));
    int kills = 0;
    int exports = 0;
    while (kills < KILLS * 12 / 100) {
      String out = "export" + exports++ + "/model";
      // Half of the moments are in the last fifth, where the files are written.
      while (program.isKilled(
          random.nextBoolean() ? moment(millis) : millis * 4 / 5 + moment(millis / 5),
          "export",
          "--model",
          "run",
          "--out",
          out)) {
        kills++;
        assertFalse(
            Files.exists(folder.resolve(out).resolve("model.json"))
                && !reference.equals(FaultProcess.exported(folder.resolve(out))),
            "an incomplete export is marked as complete");
        if (Files.exists(folder.resolve(out).resolve("model.json"))) {
          break;
        }
      }
      assertEquals(reference, FaultProcess.exported(folder.resolve(out)));
    }
    report("export", kills, exports);
  }

  @Test
  void aKilledDownloadIsContinuedAndGivesTheSameCorpus() throws IOException, InterruptedException {
    try (SlowServer server = new SlowServer(20_000, 25)) {
      server.writeRegistry(folder.resolve("corpora.yaml"));
      long millis =
          undisturbed("data", "fetch", "slow", "--registry", "corpora.yaml", "--out", "reference");
      Map<String, Integer> reference = FaultProcess.contents(folder.resolve("reference"));
      int kills = 0;
      int fetches = 0;
      while (kills < KILLS - KILLS * 64 / 100 - 2 * (KILLS * 12 / 100)) {
        String out = "fetch" + fetches++;
        while (program.isKilled(
            moment(millis), "data", "fetch", "slow", "--registry", "corpora.yaml", "--out", out)) {
          kills++;
          if (reference.equals(contentsIfThere(out))) {
            break; // it was killed when all was done
          }
        }
        assertEquals(reference, contentsIfThere(out));
      }
      report("data fetch", kills, fetches);
    }
  }

  private Map<String, Integer> contentsIfThere(String out) throws IOException {
    return Files.exists(folder.resolve(out))
        ? FaultProcess.contents(folder.resolve(out))
        : Map.of();
  }
}
