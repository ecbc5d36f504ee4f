package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;

/** The program without a command, and bad input to its commands. */
class MainTest {
  @Test
  void withoutArgumentsTheFirstStepsArePrinted() {
    Result result = InProcess.run("");
    assertEquals(0, result.exit());
    assertEquals(5, result.out().lines().count(), result.out());
    assertTrue(InProcess.run("", "--version").out().matches("Yuqiao \\d+\\.\\d+.*\\R"));
    assertEquals(2, InProcess.run("", "no-such-command").exit());
  }

  @Test
  void badInputIsMetWithOneSentenceAndExitCodeOne(@TempDir Path folder) throws IOException {
    String settings = TinyExperiment.write(folder, "e.yaml", "").toString();
    Files.writeString(folder.resolve("bad.tsv"), "no tab\n");
    Files.writeString(folder.resolve("one.txt"), "a\n");
    Files.writeString(folder.resolve("two.txt"), "a\nb\n");
    List<List<String>> cases =
        List.of(
            List.of("train", "nothing.yaml"),
            List.of("train", settings, "--set", "train.minuts=1"),
            List.of("train", "--resume", "nothing"),
            List.of("translate", "--model", "nothing"),
            List.of("data", "check", folder.resolve("bad.tsv").toString()),
            List.of(
                "score",
                "--hyp",
                folder.resolve("one.txt").toString(),
                "--ref",
                folder.resolve("two.txt").toString(),
                "--lang",
                "en"));
    for (List<String> arguments : cases) {
      Result result = InProcess.run("", arguments.toArray(new String[0]));
      assertEquals(1, result.exit(), arguments + ": " + result.err());
      assertEquals(1, result.err().lines().filter(l -> l.startsWith("yuqiao: ")).count());
      assertFalse(result.err().contains("\tat "), result.err());
      assertEquals("", result.out());
    }
  }
}
