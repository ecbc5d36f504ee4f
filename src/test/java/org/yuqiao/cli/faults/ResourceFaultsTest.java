package org.yuqiao.cli.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess;
import org.yuqiao.cli.ProgramProcess.Result;

/** Little memory, folders that can't be written, two processes on one folder, Ctrl-C. */
@Tag("faults")
class ResourceFaultsTest {
  private static final String HEARING_SIGINT = "exec env --default-signal=INT \"$@\"";

  @TempDir private Path folder;
  private FaultProcess program;

  @BeforeEach
  void writeExperiment() throws IOException {
    program = new FaultProcess(folder);
    TinyExperiment.write(
        folder,
        "e.yaml",
        "train: {minutes: 0, steps: 6, batchTokens: 200, validateMinutes: 0, validateSteps: 2,"
            + " threads: 1}\n");
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return program.result(program.start(List.of(), arguments));
  }

  private void train(String run) throws IOException, InterruptedException {
    Result result = run("train", "e.yaml", "--out", run);
    assertEquals(0, result.exit(), result.err());
  }

  /** It succeeds, or says in a sentence which setting gives it more memory. */
  private static boolean isRefused(Result result) {
    if (result.exit() == 0) {
      return false;
    }
    String sentence = FaultProcess.sentence(result);
    assertTrue(sentence.contains("YUQIAO_HEAP") || sentence.contains("YUQIAO_ARRAYS"), sentence);
    return true;
  }

  @Test
  void aSmallHeapIsNamed() throws IOException, InterruptedException {
    StringBuilder corpus = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      corpus.append("第").append(i).append("本书很好。\tBook ").append(i).append(" is good.\n");
    }
    Files.writeString(folder.resolve("train.tsv"), corpus);
    int refused = 0;
    for (int megabytes : List.of(8, 12, 16, 24, 48)) {
      Result result =
          program.shell(
              "exec \"$@\"",
              List.of("-Xmx" + megabytes + "m"),
              "train",
              "e.yaml",
              "--out",
              "heap" + megabytes);
      refused += isRefused(result) ? 1 : 0;
    }
    System.out.printf("small heaps: 5 sizes, %d refused with a sentence%n", refused);
    assertTrue(refused > 0);
  }

  @Test
  void littleMemoryForArraysIsNamed() throws IOException, InterruptedException {
    int refused = 0;
    for (int megabytes : List.of(1, 4, 16, 64)) {
      Result result =
          program.shell(
              "exec \"$@\"",
              List.of(
                  "-Dorg.bytedeco.javacpp.maxbytes=" + megabytes + "m",
                  "-Dyuqiao.arrays=" + megabytes),
              "train",
              "e.yaml",
              "--set",
              "model.feedForwardSize=8192",
              "--out",
              "arrays" + megabytes);
      refused += isRefused(result) ? 1 : 0;
    }
    System.out.printf("memory for arrays: 4 sizes, %d refused with a sentence%n", refused);
    assertTrue(refused > 0);
  }

  /**
   * Heap and arrays as the launcher fits them into a limit; it refuses less than 3328 MiB, with
   * which OpenBLAS would wait forever for memory.
   */
  @Test
  void aLimitOfTheAddressSpaceIsKeptOrNamed() throws IOException, InterruptedException {
    int refused = 0;
    for (int megabytes : List.of(3328, 3600, 6000)) {
      int half = Math.min(512, (megabytes - 3072) / 2);
      Result result =
          program.shell(
              "ulimit -v " + megabytes * 1024 + "; exec \"$@\"",
              List.of("-Xmx" + half + "m", "-XX:+UseParallelGC", "-Dyuqiao.arrays=" + half),
              "train",
              "e.yaml",
              "--out",
              "limit" + megabytes);
      refused += isRefused(result) ? 1 : 0;
    }
    System.out.printf("ulimit -v: 3 limits, %d refused with a sentence%n", refused);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
    train("run");
    Files.createDirectory(folder.resolve("disk"));
    String disk = folder.resolve("disk").toString();
    assumeTrue(
        shell("mount -t tmpfs -o size=64m tmpfs " + disk),
        "no disk can be mounted: that needs Linux and root");
    try {
      assertTrue(shell("cp -r " + folder.resolve("run") + " " + disk));
      assertTrue(shell("rm " + disk + "/run/result.json"), "a run to be resumed");
      assertTrue(shell("mount -o remount,ro " + disk));
      for (List<String> command :
          List.of(
              List.of("train", "e.yaml", "--out", "disk/new"),
              List.of("train", "--resume", "disk/run"),
              List.of("export", "--model", "run", "--out", "disk/model"),
              List.of("quantize", "--model", "run", "--out", "disk/int8"),
              List.of("data", "convert", "train.tsv", "disk/x.jsonl"),
              List.of("plot", "softmax", "a=1", "b=2", "--output", "disk/s.png"),
              List.of("experiment", "run", "e.yaml", "--out", "disk/queue"),
              List.of("experiment", "compare", "run", "--out", "disk/report"))) {
        String sentence = FaultProcess.sentence(run(command.toArray(String[]::new)));
        assertTrue(sentence.contains("Read-only file system"), command + ": " + sentence);
      }
      Result listed = run("experiment", "list", "disk");
      assertEquals(0, listed.exit(), listed.err());
    } finally {
      assertTrue(shell("umount " + disk));
    }
  }

  private static boolean shell(String script) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start().waitFor()
        == 0;
  }

  /** Starts a command twice at once, each in a folder of its own, and returns both results. */
  private List<Result> twice(String... arguments) throws IOException, InterruptedException {
    List<FaultProcess> programs = new ArrayList<>();
    List<Process> processes = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      Path own = folder.resolve(name);
      Files.createDirectories(own);
      programs.add(new FaultProcess(own));
    }
    for (FaultProcess one : programs) {
      processes.add(one.start(List.of(), arguments));
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      results.add(programs.get(i).result(processes.get(i)));
    }
    return results;
  }

  @Test
  void twoProcessesDoNotDamageOneFolder() throws IOException, InterruptedException {
    train("run");
    byte[] weights = Files.readAllBytes(folder.resolve("run/model.safetensors"));
    for (int i = 0; i < 4; i++) {
      String out = folder.resolve("both" + i).toString();
      List<Result> trained = twice("train", folder.resolve("e.yaml").toString(), "--out", out);
      assertOneDone(trained);
      assertTrue(
          Arrays.equals(
              weights, Files.readAllBytes(folder.resolve("both" + i + "/model.safetensors"))));
    }
    assertEquals(0, run("export", "--model", "run", "--out", "reference").exit());
    Map<String, Integer> exported = FaultProcess.exported(folder.resolve("reference"));
    for (int i = 0; i < 4; i++) {
      String out = folder.resolve("export" + i).toString();
      List<Result> results =
          twice("export", "--model", folder.resolve("run").toString(), "--out", out);
      assertTrue(results.stream().anyMatch(result -> result.exit() == 0), results.toString());
      results.stream().filter(result -> result.exit() != 0).forEach(FaultProcess::sentence);
      assertEquals(exported, FaultProcess.exported(Path.of(out)));
    }
    try (SlowServer server = new SlowServer(20_000, 10)) {
      server.writeRegistry(folder.resolve("corpora.yaml"));
      for (int i = 0; i < 3; i++) {
        String out = folder.resolve("fetch" + i).toString();
        List<Result> results =
            twice(
                "data",
                "fetch",
                "slow",
                "--registry",
                folder.resolve("corpora.yaml").toString(),
                "--out",
                out);
        assertOneDone(results);
        assertEquals(
            List.of("README.md", "test.tsv", "train.tsv", "valid.tsv"),
            List.copyOf(FaultProcess.contents(Path.of(out)).keySet()));
      }
    }
  }

  private static void assertOneDone(List<Result> results) {
    assertEquals(
        1, results.stream().filter(result -> result.exit() == 0).count(), results.toString());
    results.stream().filter(result -> result.exit() != 0).forEach(FaultProcess::sentence);
  }

  @Test
  void ctrlCEndsEveryCommandWithExitCode130() throws IOException, InterruptedException {
    try (SlowServer server = new SlowServer(100_000, 200)) {
      server.writeRegistry(folder.resolve("corpora.yaml"));
      Files.writeString(folder.resolve("words.en"), "a dog and a cat and a bird\n".repeat(2000));
      for (List<String> command :
          List.of(
              List.of("train", "e.yaml", "--out", "endless", "--set", "train.steps=1000000"),
              List.of("experiment", "run", "e.yaml", "--out", "queue", "--minutes", "60"),
              List.of("data", "fetch", "slow", "--registry", "corpora.yaml", "--out", "slow"),
              List.of(
                  "embed",
                  "train",
                  "--algorithm",
                  "skipgram",
                  "--input",
                  "words.en",
                  "--output",
                  "v.txt",
                  "--epochs",
                  "100000"))) {
        for (int seconds : List.of(1, 4, 8)) {
          FaultProcess.delete(folder.resolve("endless"));
          FaultProcess.delete(folder.resolve("queue"));
          assertEquals(130, exitAfterInterrupt(seconds, command), command + " " + seconds);
        }
      }
    }
  }

  private int exitAfterInterrupt(int seconds, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", HEARING_SIGINT, "yuqiao"));
    command.addAll(ProgramProcess.command(List.of(), arguments.toArray(String[]::new)));
    Process process = new ProgramProcess(folder).start(command);
    assertTrue(!process.waitFor(seconds, TimeUnit.SECONDS), () -> read("err.txt"));
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Result result = program.result(process);
    assertTrue(!result.err().contains("\tat "), result.err());
    return result.exit();
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
