package org.yuqiao.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.cli.cluster.TranslationJob;
import org.yuqiao.cli.translate.LineTranslator;
import org.yuqiao.cli.translate.TranslateCommand;
import org.yuqiao.files.InvalidInputException;

/** Translating on a cluster gives the lines of one machine in their order. */
class SparkTranslationTest {
  private static final Path MODEL = Path.of("..", "models", "zh-en");
  private static final int LINES = 120;
  private static final int PER_SHARD = 25;

  @TempDir private Path folder;

  private List<String> lines;

  @BeforeEach
  void makeLines() throws IOException {
    lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      lines.add(i % 17 == 0 ? "" : "我有" + i + "只猫。你好。");
    }
    Files.createDirectories(folder.resolve("zh"));
    Files.write(folder.resolve("zh/a.txt"), lines.subList(0, 50));
    Files.write(folder.resolve("zh/b.txt"), lines.subList(50, LINES));
  }

  private TranslationJob job(String... arguments) {
    return new TranslationJob(
        List.of(arguments), List.of(MODEL), List.of(folder + "/zh/*"), PER_SHARD);
  }

  private List<String> there(ClusterSettings cluster, TranslationJob job) throws IOException {
    Path out = folder.resolve("en");
    assertEquals(LINES, new SparkEngine().translate(cluster, job, out.toString()));
    assertTrue(Files.exists(out.resolve("_SUCCESS")));
    List<String> translated = new ArrayList<>();
    try (Stream<Path> parts = Files.list(out)) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".txt")).sorted().toList()) {
        translated.addAll(Files.readAllLines(part));
      }
    }
    return translated;
  }

  private List<String> here(String... arguments) {
    try (LineTranslator translator =
        TranslateCommand.translator(List.of(arguments), List.of(MODEL), new Backend(1))) {
      return translator.translate(lines, 1, done -> {});
    }
  }

  @Test
  void threadsTranslateAsOneMachineDoes() throws IOException {
    String[] options = {"--beam", "2", "--nbest", "2"};
    List<String> expected = here(options);
    assertTrue(expected.size() > LINES, "two translations of a line");
    assertEquals(expected, there(Clusters.threads(400), job(options)));
  }

  @Test
  void processesTranslateAsOneMachineDoesThoughOneIsKilled() throws IOException {
    Thread killer = Clusters.killOneWhen(() -> Files.exists(folder.resolve("en/part-00000.txt")));
    assertEquals(here("--beam", "1"), there(Clusters.processes(400), job("--beam", "1")));
    assertFalse(killer.isAlive(), "no executor was killed");
  }

  @Test
  void aMissingModelIsNamed() {
    TranslationJob job =
        new TranslationJob(
            List.of(), List.of(folder.resolve("none")), List.of(folder + "/zh/*"), PER_SHARD);
    String message =
        assertThrows(
                InvalidInputException.class,
                () -> new SparkEngine().translate(Clusters.threads(400), job, folder + "/en"))
            .getMessage();
    assertEquals("there is no folder " + folder + "/none with a model", message);
  }
}
