package org.yuqiao.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Program arguments as UTF-8. In another locale Java replaces non-ASCII characters; on Linux the
 * original bytes are in {@code /proc/self/cmdline}.
 */
final class Utf8Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Utf8Arguments() {}

  /** The arguments decoded as UTF-8, or {@code arguments} where that is not needed or possible. */
  static String[] of(String[] arguments) {
    boolean readable = System.getProperty("sun.jnu.encoding", "UTF-8").equals("UTF-8");
    if (readable || arguments.length == 0 || !Files.isReadable(COMMAND_LINE)) {
      return arguments;
    }
    try {
      String line = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
      String[] all = line.split("\0", -1);
      // The last argument is terminated by a zero, too.
      int end = all.length - 1;
      return end < arguments.length
          ? arguments
          : Arrays.copyOfRange(all, end - arguments.length, end);
    } catch (IOException e) {
      return arguments;
    }
  }
}
