package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in an unpacked distribution whose {@code java} prints how it was started. */
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      echo "locale=$LC_ALL"
      if { true 3<&0; } 2>/dev/null; then echo "input=$(cat)"; else echo "input is closed"; fi
      echo "arguments=$*"
      echo "$*" >> "${0%/*}/starts.txt"
      """;

  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
    Files.createDirectories(folder.resolve("home/lib"));
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.copy(Path.of("yuqiao"), folder.resolve("home/yuqiao"));
    Files.copy(Path.of("src/main/sh/openblas.sh"), folder.resolve("home/lib/openblas.sh"));
    Files.writeString(folder.resolve("home/lib/yuqiao.jar"), "");
    Files.writeString(folder.resolve("home/lib/yuqiao.jsa"), "");
    Files.writeString(folder.resolve("jdk/bin/java"), JAVA);
    Files.setPosixFilePermissions(
        folder.resolve("jdk/bin/java"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** How often Java was started. */
  private int starts() throws IOException {
    return Files.readAllLines(folder.resolve("jdk/bin/starts.txt")).size();
  }

  /** What the launcher's Java prints when {@code script} starts it with these variables only. */
  private String started(String script, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("/bin/bash", "-c", script))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the launcher does not end");
    return Files.readString(folder.resolve("out.txt"));
  }

  private static String locale(String output) {
    return output.lines().filter(line -> line.startsWith("locale=")).findFirst().orElse(output);
  }

  @Test
  void theLocaleIsUtf8WithoutOneAndUnderC() throws IOException, InterruptedException {
    List<Map<String, String>> environments = new ArrayList<>();
    environments.add(Map.of());
    environments.add(Map.of("LC_ALL", "C"));
    environments.add(Map.of("LANG", "POSIX"));
    environments.add(Map.of("LANG", "zh_CN.UTF-8", "LC_CTYPE", "C"));
    for (Map<String, String> variables : environments) {
      String output = started("bash home/yuqiao < /dev/null", variables);
      assertTrue(locale(output).matches("(?i)locale=.*\\.utf-?8"), variables + ": " + output);
    }
  }

  @Test
  void aUtf8LocaleIsKept() throws IOException, InterruptedException {
    Map<String, String> chinese = Map.of("LC_ALL", "zh_CN.utf8");
    assertEquals(
        "locale=zh_CN.utf8", locale(started("bash home/yuqiao < /dev/null 2> /dev/null", chinese)));
  }

  @Test
  void closedStandardInputIsEmpty() throws IOException, InterruptedException {
    String output = started("bash home/yuqiao translate <&-", Map.of());
    assertTrue(output.contains("input=\n"), output);
    assertTrue(output.endsWith("org.yuqiao.cli.Main translate\n"), output);
    String open = started("echo line | bash home/yuqiao translate", Map.of());
    assertTrue(open.contains("input=line\n"), open);
  }

  @Test
  void closedStandardOutputIsAnError() throws IOException, InterruptedException {
    String output = started("bash home/yuqiao < /dev/null 2>&1 >&- | grep -ci 'error'", Map.of());
    assertTrue(Integer.parseInt(output.strip()) > 0, output);
  }

  @Test
  void symbolicLinksLeadToTheProgram() throws IOException, InterruptedException {
    String home = "-Dyuqiao.home=" + folder.toRealPath().resolve("home") + " ";
    String links =
        "ln -s \"$PWD/home/yuqiao\" absolute && mkdir bin && cd bin && ln -s ../absolute y";
    String output = started(links + " && bash y --version < /dev/null", Map.of());
    assertTrue(output.contains(home), output);
    assertTrue(output.endsWith("Main --version\n"), output);
  }

  @Test
  void memoryFitsIntoALimitOfTheAddressSpace() throws IOException, InterruptedException {
    String small = started("ulimit -v 2560000; bash home/yuqiao < /dev/null", Map.of());
    assertEquals(
        "yuqiao: the address space is limited to 2500 MiB (ulimit -v), but Java needs 3328 MiB;"
            + " raise the limit\n",
        small);
    String larger = started("ulimit -v 4194304; bash home/yuqiao < /dev/null", Map.of());
    assertTrue(larger.contains("-Xmx512m ") && larger.contains("maxbytes=512m "), larger);
  }

  @Test
  void helpStartsWithoutTheOptimizingCompiler() throws IOException, InterruptedException {
    for (String arguments : List.of("", "--help", "translate --help", "--version", "help data")) {
      String output = started("bash home/yuqiao " + arguments + " < /dev/null", Map.of());
      assertTrue(output.contains("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 "), output);
    }
    String output = started("bash home/yuqiao translate < /dev/null", Map.of());
    assertTrue(output.contains("-XX:+UseParallelGC "), output);
    assertFalse(output.contains("TieredStopAtLevel"), output);
  }

  @Test
  void withoutAClassArchiveTheProgramStartsAndTriesToMakeItOnce()
      throws IOException, InterruptedException {
    Path archive = folder.resolve("home/lib/yuqiao.jsa");
    Files.delete(archive);
    String output = started("bash home/yuqiao --version < /dev/null", Map.of());
    assertTrue(output.endsWith("Main --version\n"), output);
    assertFalse(output.contains("SharedArchiveFile"), output);
    assertEquals(0, Files.size(archive));
    assertEquals(3, starts(), "to list classes, to archive them, and to run");
    started("bash home/yuqiao --version < /dev/null", Map.of());
    assertEquals(4, starts());
    assertFalse(Files.exists(folder.resolve("home/lib/yuqiao.jsa.classes")));
  }

  @Test
  void aFolderThatCannotBeWrittenIsLeftAsItIs() throws IOException, InterruptedException {
    Path lib = folder.resolve("home/lib");
    Files.delete(lib.resolve("yuqiao.jsa"));
    Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(lib), "this user may write everywhere");
      String output = started("bash home/yuqiao --version < /dev/null", Map.of());
      assertTrue(output.endsWith("Main --version\n"), output);
      assertFalse(output.contains("SharedArchiveFile"), output);
      assertEquals(1, starts());
    } finally {
      Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
