package org.yuqiao.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The command's arguments as UTF-8. In a locale that is not, Java turns all but ASCII into marks of
 * what it could not read; on Linux the bytes are still to be had.
 */
final class Utf8Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Utf8Arguments() {}

  /** What was typed, where Java could not read {@code arguments}; otherwise they themselves. */
  static String[] of(String[] arguments) {
    boolean readable = System.getProperty("sun.jnu.encoding", "UTF-8").equals("UTF-8");
    if (readable || arguments.length == 0 || !Files.isReadable(COMMAND_LINE)) {
      return arguments;
    }
    try {
      String line = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
      String[] all = line.split("\0", -1);
      // Behind the last one stands a zero, too.
      int end = all.length - 1;
      return end < arguments.length
          ? arguments
          : Arrays.copyOfRange(all, end - arguments.length, end);
    } catch (IOException e) {
      return arguments;
    }
  }
}
