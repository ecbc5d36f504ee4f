package org.yuqiao.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * A finished child process with its duration and peak memory.
 *
 * @param seconds from start to exit
 * @param peakBytes peak resident memory; empty where the operating system does not report it
 * @param output standard output
 */
record MeasuredProcess(double seconds, OptionalLong peakBytes, String output) {
  private static final int POLL_MILLIS = 20;

  /**
   * Runs {@code command} to its end.
   *
   * @throws InvalidInputException if it cannot be started or fails
   */
  static MeasuredProcess run(List<String> command) {
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
      OptionalLong peak = OptionalLong.empty();
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        OptionalLong now = PeakMemory.bytes(process.pid());
        peak = now.isPresent() ? now : peak;
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (process.exitValue() != 0) {
        throw new InvalidInputException(
            command.get(0) + " ended with exit code " + process.exitValue() + ": " + output.join());
      }
      return new MeasuredProcess(seconds, peak, output.join());
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot run " + command.get(0) + ": " + IoError.message(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidInputException(command.get(0) + " was interrupted", e);
    }
  }

  private static String read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        text.append(line).append('\n');
      }
      return text.toString();
    } catch (IOException e) {
      return "";
    }
  }
}
