package org.yuqiao.server.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** An installed Chromium and its driver. Nothing is ever downloaded. */
record Chromium(Path program, Path driver) {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  /** Its warning that it lacks the typed protocol of the newest Chromium, which is not used. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/lib/chromium");

  /**
   * Chromium at Debian's paths or on {@code PATH}. Where it is absent the tests are skipped, or
   * fail if the variable {@code YUQIAO_BROWSER} is {@code required}.
   */
  static Chromium require() {
    Optional<Path> program = PROGRAMS.stream().flatMap(Chromium::installed).findFirst();
    Optional<Path> driver = installed("chromedriver").findFirst();
    if (program.isPresent() && driver.isPresent()) {
      return new Chromium(program.get(), driver.get());
    }
    String message = "tests of the page need chromium and chromedriver, which are not installed";
    if ("required".equals(System.getenv("YUQIAO_BROWSER"))) {
      throw new IllegalStateException(message);
    }
    return Assumptions.abort("skipped: " + message);
  }

  private static Stream<Path> installed(String name) {
    Stream<String> path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    return Stream.concat(FOLDERS.stream(), path)
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> Stream.of(name, name + ".exe").map(file -> Path.of(folder, file)))
        .filter(Files::isExecutable);
  }

  /** A headless window with a new, empty profile, that can reach loopback only. */
  ChromeDriver start() {
    DEVTOOLS.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.setExperimentalOption(
        "perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=en",
        "--window-size=1280,900",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }
}
