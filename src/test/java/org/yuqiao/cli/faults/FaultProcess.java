package org.yuqiao.cli.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yuqiao.cli.ProgramProcess;
import org.yuqiao.cli.ProgramProcess.Result;

/**
 * The program in a process that ends before its time.
 *
 * @param folder where it is started
 */
record FaultProcess(Path folder) {
  private static final int LONGEST_SECONDS = 300;

  /**
   * Starts a command and kills it (kill -9) after so many milliseconds.
   *
   * @return whether it was killed; else it ended by itself, successfully
   */
  boolean isKilled(long afterMillis, String... arguments) throws IOException, InterruptedException {
    Process process = start(List.of(), arguments);
    if (process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
      Result result = result(process);
      assertTrue(result.exit() == 0, Arrays.toString(arguments) + ": " + result.err());
      return false;
    }
    process.destroyForcibly().waitFor();
    return true;
  }

  /** Runs a shell script whose {@code "$@"} starts the program. */
  Result shell(String script, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "yuqiao"));
    command.addAll(ProgramProcess.command(options, arguments));
    Process process = new ProgramProcess(folder).start(command);
    process.getOutputStream().close();
    return result(process);
  }

  Process start(List<String> options, String... arguments) throws IOException {
    Process process = new ProgramProcess(folder).start(ProgramProcess.command(options, arguments));
    process.getOutputStream().close();
    return process;
  }

  Result result(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String err = Files.readString(folder.resolve("err.txt"));
    assertTrue(ended, "it hangs: " + err);
    return new Result(process.exitValue(), Files.readString(folder.resolve("out.txt")), err);
  }

  /** Checks that a command failed with exit code 1 and one sentence, which is returned. */
  static String sentence(Result result) {
    assertTrue(result.exit() == 1, "exit " + result.exit() + ": " + result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    List<String> sentences =
        result.err().lines().filter(line -> line.startsWith("yuqiao: ")).toList();
    assertTrue(sentences.size() == 1, result.err());
    return sentences.get(0);
  }

  /** The files of a folder, relative to it, with a hash of their bytes. */
  static Map<String, Integer> contents(Path folder) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  /** The files of an export but its card, which has the name of the folder. */
  static Map<String, Integer> exported(Path folder) throws IOException {
    Map<String, Integer> files = contents(folder);
    files.remove("README.md");
    return files;
  }

  /** Deletes a file or folder with all it holds. */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
