package org.yuqiao.cli.serve;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The desktop's browser, started by the command of the operating system. */
final class Browser {
  private Browser() {}

  /** Opens {@code address}; where that fails the user opens it. */
  static void open(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("win")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
            : List.of(system.contains("mac") ? "open" : "xdg-open", address);
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      System.err.println("yuqiao: cannot open a browser; open the address yourself");
    }
  }
}
