package org.yuqiao.cli.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.yuqiao.cli.console.SelfProcess;
import org.yuqiao.experiment.ExperimentQueue;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;

/**
 * Trains each run in a child process: a crash stops one run only, peak memory is measured per run,
 * and no run profits from code that another has warmed up.
 */
final class ChildTraining implements ExperimentQueue.Trainer {
  private static final String PARENT = "yuqiao.parent";
  private static final String ARRAYS = "yuqiao.arrays";
  private static final int STOP_SECONDS = 60;

  private final int jobs;
  private final Set<Process> children = ConcurrentHashMap.newKeySet();

  /** Divides processors and memory among {@code jobs} concurrent processes. */
  ChildTraining(int jobs) {
    this.jobs = jobs;
  }

  @Override
  public String train(ExperimentSettings settings, Path folder, boolean resume) {
    try {
      Path temporary = Files.createTempDirectory("yuqiao");
      Path file = temporary.resolve("settings.yaml");
      try {
        List<String> arguments = List.of("train", "--resume", folder.toString());
        if (!resume) {
          SettingsFile.write(settings, file);
          arguments = List.of("train", file.toString(), "--out", folder.toString());
        }
        return wait(new ProcessBuilder(SelfProcess.command(share(), arguments)), folder);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot start a process for " + folder + ": " + IoError.message(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String wait(ProcessBuilder builder, Path folder)
      throws IOException, InterruptedException {
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (jobs == 1) {
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    Process child = builder.start();
    children.add(child);
    String last = "";
    if (jobs > 1) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          System.err.println("[" + folder.getFileName() + "] " + line);
          last = line;
        }
      }
    }
    int code = child.waitFor();
    children.remove(child);
    return "the process ended with exit code " + code + (last.isEmpty() ? "" : ": " + last);
  }

  /** JVM options with the share of processors and memory of a child. */
  private List<String> share() {
    List<String> options = new ArrayList<>();
    options.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    options.add("-Dyuqiao.command=" + System.getProperty("yuqiao.command", "unknown"));
    if (jobs > 1) {
      Runtime runtime = Runtime.getRuntime();
      options.add("-XX:ActiveProcessorCount=" + Math.max(1, runtime.availableProcessors() / jobs));
      options.add("-Xmx" + runtime.maxMemory() / jobs);
      options.add("-D" + ARRAYS + "=" + Long.getLong(ARRAYS, 0) / jobs);
      options.add("-Dyuqiao.terminal=false");
    }
    return options;
  }

  /** Stops all children; each writes a checkpoint first. */
  void stop() {
    // Process.destroy() would close the stream of a child's last messages.
    children.forEach(child -> child.toHandle().destroy());
    for (Process child : children) {
      try {
        child.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** In a child: exits as on Ctrl-C when the parent process is gone. */
  static void endWithParent() {
    long parent = Long.getLong(PARENT, 0);
    if (parent > 0) {
      Thread watch = new Thread(() -> awaitEndOf(parent), "yuqiao-parent");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private static void awaitEndOf(long parent) {
    ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
    System.exit(1);
  }
}
