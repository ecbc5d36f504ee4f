package org.yuqiao.cli.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.InProcess;
import org.yuqiao.cli.ProgramProcess.Result;

/**
 * A disk that fills at every possible write, a page at a time: one sentence, exit code 1, no
 * damaged file, and the same result once there is room. Needs root and Linux: a tmpfs is mounted.
 */
@Tag("faults")
class FullDiskFaultsTest {
  private static final int PAGE = 4096;
  private static final int MAX_SIZES = Integer.getInteger("yuqiao.faults.sizes", 60);

  @TempDir private static Path folder;
  private static Path disk;
  private static boolean mounted;

  @BeforeAll
  static void mountAndTrain() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
    assumeTrue(mounted, "no small disk can be mounted: that needs Linux and root");
    TinyExperiment.write(
        folder,
        "e.yaml",
        "train: {minutes: 0, steps: 6, batchTokens: 200, validateMinutes: 0, validateSteps: 2,"
            + " threads: 1}\n");
    assertEquals(0, InProcess.run("", "train", path("e.yaml"), "--out", path("run")).exit());
  }

  @AfterAll
  static void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertTrue(command("umount", "-l", disk.toString()));
    }
  }

  private static boolean command(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void enlarge() throws IOException, InterruptedException {
    assertTrue(command("mount", "-o", "remount,size=64m", disk.toString()));
  }

  /** An empty disk; what a mapped file still holds of the one before does not count. */
  private static void renew(long bytes) throws IOException, InterruptedException {
    assertTrue(command("umount", "-l", disk.toString()));
    assertTrue(command("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", disk.toString()));
  }

  private static long used() throws IOException {
    return Files.getFileStore(disk).getTotalSpace()
        - Files.getFileStore(disk).getUnallocatedSpace();
  }

  /** Runs a command on disks of every size below the one that it needs. */
  private static void fill(String name, Check atFailure, Check afterwards, String... arguments)
      throws IOException, InterruptedException {
    renew(64 << 20);
    Result whole = InProcess.run("", arguments);
    assertEquals(0, whole.exit(), whole.err());
    Map<String, Integer> reference = FaultProcess.contents(disk);
    long pages = used() / PAGE;
    int sizes = 0;
    int failures = 0;
    long step = Math.max(1, pages / MAX_SIZES);
    boolean fits = false;
    for (long size = 1; !fits; size += step, sizes++) {
      renew(size * PAGE);
      Result result = InProcess.run("", arguments);
      fits = result.exit() == 0;
      if (fits) {
        assertEquals(names(reference), names(FaultProcess.contents(disk)));
      } else {
        String sentence = FaultProcess.sentence(result);
        assertTrue(sentence.contains("No space left on device"), sentence);
        atFailure.check(reference);
        failures++;
        enlarge();
        afterwards.check(reference);
      }
    }
    System.out.printf("full disk, %s: %d sizes, %d refusals%n", name, sizes, failures);
    assertTrue(failures > 0 || pages == 1);
  }

  /** The names of files, those of TensorBoard without their times. */
  private static Set<String> names(Map<String, Integer> files) {
    return files.keySet().stream()
        .map(name -> name.replaceAll("tfevents\\.[0-9]+", "tfevents"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What must hold. */
  @FunctionalInterface
  private interface Check {
    void check(Map<String, Integer> reference) throws IOException, InterruptedException;
  }

  /** Every file that is there under its own name is whole. */
  private static void noneIsDamaged(Map<String, Integer> reference) throws IOException {
    for (Map.Entry<String, Integer> file : FaultProcess.contents(disk).entrySet()) {
      if (!file.getKey().matches(".*\\.(tmp|part|version)|.*/download/.*")) {
        assertEquals(reference.get(file.getKey()), file.getValue(), file.getKey());
      }
    }
  }

  private static Check again(String... arguments) {
    return reference -> {
      Result result = InProcess.run("", arguments);
      assertEquals(0, result.exit(), result.err());
      assertEquals(reference, FaultProcess.contents(disk));
    };
  }

  @Test
  void trainingIsResumedWhenThereIsRoomAgain() throws IOException, InterruptedException {
    byte[] expected = Files.readAllBytes(folder.resolve("run/model.safetensors"));
    String run = disk.resolve("run").toString();
    String[] train = {"train", path("e.yaml"), "--out", run};
    fill(
        "training",
        reference -> {},
        reference -> {
          boolean begun = Files.exists(disk.resolve("run/settings.yaml"));
          Result result =
              InProcess.run("", begun ? new String[] {"train", "--resume", run} : train);
          assertEquals(0, result.exit(), result.err());
          assertArrayEquals(expected, Files.readAllBytes(disk.resolve("run/model.safetensors")));
        },
        train);
  }

  @Test
  void anExportIsDoneAgain() throws IOException, InterruptedException {
    String[] export = {"export", "--model", path("run"), "--out", disk.resolve("model").toString()};
    fill("export", FullDiskFaultsTest::noneIsDamaged, again(export), export);
  }

  @Test
  void corporaAreWrittenWholeOrNotAtAll() throws IOException, InterruptedException {
    for (String ending : List.of("jsonl", "tmx", "tsv")) {
      String[] convert = {
        "data", "convert", path("train.tsv"), disk.resolve("out." + ending).toString()
      };
      fill("data convert " + ending, FullDiskFaultsTest::noneIsDamaged, again(convert), convert);
    }
  }

  @Test
  void wordVectorsAreWrittenWholeOrNotAtAll() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("words.en"), "a dog and a cat and a bird\n".repeat(50));
    String[] train = {
      "embed",
      "train",
      "--threads",
      "1",
      "--algorithm",
      "skipgram",
      "--input",
      path("words.en"),
      "--output",
      disk.resolve("v.txt").toString()
    };
    fill("embed train", FullDiskFaultsTest::noneIsDamaged, again(train), train);
  }

  @Test
  void aDownloadGoesOn() throws IOException, InterruptedException {
    try (SlowServer server = new SlowServer(2_000, 0)) {
      server.writeRegistry(folder.resolve("corpora.yaml"));
      String[] fetch = {
        "data",
        "fetch",
        "slow",
        "--registry",
        path("corpora.yaml"),
        "--out",
        disk.resolve("slow").toString()
      };
      fill("data fetch", FullDiskFaultsTest::noneIsDamaged, again(fetch), fetch);
    }
  }

  @Test
  void reportsPicturesAndTranslationsAreWrittenWholeOrNotAtAll()
      throws IOException, InterruptedException {
    for (List<String> command :
        List.of(
            List.of("quantize", "--model", path("run"), "--out", disk.resolve("int8").toString()),
            List.of(
                "evaluate",
                "--model",
                path("run"),
                "--test",
                path("valid.tsv"),
                "--output",
                disk.resolve("out.txt").toString()),
            List.of(
                "plot", "softmax", "a=1", "b=2", "--output", disk.resolve("s.png").toString()))) {
      String[] arguments = command.toArray(String[]::new);
      fill(command.get(0), FullDiskFaultsTest::noneIsDamaged, again(arguments), arguments);
    }
  }
}
