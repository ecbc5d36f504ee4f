package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;

/** Ctrl-C on a terminal, which {@code script} of util-linux stands in for. */
class InterruptTest {
  /** A shell starts what it runs in the background deaf to Ctrl-C, and children inherit that. */
  private static final String HEARING_SIGINT = "env --default-signal=INT ";

  @TempDir private Path folder;

  @Test
  void ctrlCOnATerminalLeavesACheckpointAndSaysHowToGoOn()
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no /usr/bin/script");
    TinyExperiment.write(
        folder,
        "e.yaml",
        "train: {minutes: 0, steps: 1000000, validateMinutes: 0, validateSteps: 1000000}\n");
    List<String> command =
        ProgramProcess.command(
            List.of("-Dyuqiao.terminal=true"), "train", "e.yaml", "--out", "run");
    String line = String.join(" ", command);
    Process script =
        new ProgramProcess(folder)
            .start(List.of("script", "-qefc", HEARING_SIGINT + line, "terminal.txt"));
    try {
      awaitBar();
      script
          .descendants()
          .filter(child -> child.info().command().orElse("").endsWith("java"))
          .forEach(InterruptTest::interrupt);
      assertTrue(script.waitFor(60, TimeUnit.SECONDS));
    } finally {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
    String seen = Files.readString(folder.resolve("terminal.txt"));
    assertTrue(seen.contains("stopped; continue with: ./yuqiao train --resume run"), seen);
    try (Stream<Path> checkpoints = Files.list(folder.resolve("run/checkpoints"))) {
      assertEquals(1, checkpoints.filter(c -> !c.toString().endsWith(".tmp")).count());
    }
  }

  private void awaitBar() throws IOException, InterruptedException {
    Path terminal = folder.resolve("terminal.txt");
    for (int i = 0; i < 600; i++) {
      Thread.sleep(100);
      if (Files.exists(terminal) && Files.readString(terminal).contains("/1000000 steps")) {
        return;
      }
    }
    throw new AssertionError("no bar is shown: " + Files.readString(terminal));
  }

  private static void interrupt(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
