package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.cli.ProgramProcess.Result;

/** Standard output that cannot be written: a full disk, a reader that has gone. */
class StandardStreamsTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("c.tsv"), "你好。\tHello.\n再见。\tGoodbye.\n");
    Files.createDirectories(folder.resolve("none"));
    Files.writeString(folder.resolve("hyp.txt"), "Hello.\n");
    Files.writeString(folder.resolve("v.txt"), "2 2\n你好 1 0\n再见 0 1\n");
  }

  private static Stream<String> commands() {
    return Stream.of(
        "",
        "--help",
        "--version",
        "help train",
        "translate --help",
        "embed train --help",
        "settings",
        "settings train.minutes",
        "settings --json",
        "data check c.tsv",
        "data stats c.tsv",
        "score --hyp hyp.txt --ref hyp.txt --lang en",
        "score --hyp hyp.txt --ref hyp.txt --lang en --json",
        "embed nearest v.txt 你好",
        "embed similarity v.txt 你好 再见 --json",
        "experiment list none --json",
        "models list");
  }

  private String[] arguments(String command) {
    return Stream.of(command.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.matches(".*\\.(tsv|txt)|none") ? folder.resolve(word).toString() : word)
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFullDiskIsReportedByEveryCommand(String command) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Result result = InProcess.runInto(full, arguments(command));
    assertEquals(1, result.exit(), result.err());
    assertEquals("yuqiao: cannot write standard output: No space left on device\n", result.err());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandStopsQuietlyWhenTheReaderHasGone(String command) {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Result result = InProcess.runInto(broken, arguments(command));
    assertEquals(141, result.exit(), result.err());
    assertEquals("", result.err());
  }

  @Test
  void theProcessExitsWithOneOnAFullDevice() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
    assertEquals(1, shell("\"$@\" > /dev/full", "settings"));
    String err = Files.readString(folder.resolve("err.txt"));
    assertTrue(
        err.endsWith("yuqiao: cannot write standard output: No space left on device\n"), err);
  }

  @Test
  void theProcessStopsSoonWhenItsReaderEnds() throws IOException, InterruptedException {
    // More than a pipe holds: the writer meets its end whatever the timing.
    StringBuilder corpus = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      corpus.append("你好。\tHello.\n");
    }
    Files.writeString(folder.resolve("c.tsv"), corpus);
    String script = "{ \"$@\"; echo $? > code.txt; } | head -n 1 > line.txt; cat code.txt >&2";
    shell(script, "data", "check", "c.tsv");
    assertEquals("141\n", Files.readString(folder.resolve("code.txt")));
    assertEquals(1, Files.readAllLines(folder.resolve("line.txt")).size());
    assertFalse(Files.readString(folder.resolve("err.txt")).contains("\tat "));
  }

  private int shell(String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(ProgramProcess.command(List.of(), arguments));
    Process process = new ProgramProcess(folder).start(command);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return process.exitValue();
  }
}
