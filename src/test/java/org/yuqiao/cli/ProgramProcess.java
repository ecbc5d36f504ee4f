package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program in a process of its own, as its users start it, in a locale that is not UTF-8.
 *
 * @param folder where it is started
 */
public record ProgramProcess(Path folder) {
  private static final int LONGEST_SECONDS = 120;

  /** How it ended and what it wrote. */
  public record Result(int exit, String out, String err) {}

  /** The command that starts it. */
  public static List<String> command(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector"));
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  public Process start(String... arguments) throws IOException {
    return start(command(List.of(), arguments));
  }

  /** Starts any command in the folder and the locale. */
  public Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.redirectError(folder.resolve("err.txt").toFile());
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    return builder.start();
  }

  /** Runs it to its end with {@code input} typed in. */
  public Result run(String input, String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS));
    return new Result(
        process.exitValue(),
        Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }
}
