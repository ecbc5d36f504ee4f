package org.yuqiao.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks as they are committed; that their cells run is shown by executing them. */
class NotebooksTest {
  private static final Path FOLDER = Path.of("notebooks");
  private static final long LARGEST_BYTES = 1_500_000;

  /** Absolute names of files, which differ from machine to machine. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.])/(home|root|tmp|work|usr|Users)/|[A-Z]:\\\\\\\\");

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> entries = Files.list(FOLDER)) {
      return entries.filter(path -> path.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void theyAreNumberedAndEachIsListedInTheDocs() throws IOException {
    List<String> numbers =
        notebooks().stream().map(path -> path.getFileName().toString().split("-")[0]).toList();
    assertEquals(Stream.iterate(1, n -> n + 1).limit(9).map(String::valueOf).toList(), numbers);
    String page = Files.readString(Path.of("docs/plots-and-notebooks.md"));
    for (Path notebook : notebooks()) {
      assertTrue(
          page.contains("(../notebooks/" + notebook.getFileName() + ")"), notebook::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void everyCellWasExecutedInOrderWithoutAnError(Path file) throws IOException {
    JsonNode notebook = new ObjectMapper().readTree(file.toFile());
    assertEquals(
        NotebookKernel.NAME, notebook.at("/metadata/kernelspec/name").asText(), file.toString());
    int executed = 0;
    int outputs = 0;
    for (JsonNode cell : notebook.get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertEquals(
            ++executed, cell.get("execution_count").asInt(), cell.get("source").toString());
        for (JsonNode output : cell.get("outputs")) {
          assertFalse(output.get("output_type").asText().equals("error"), output.toString());
          outputs++;
        }
      }
    }
    assertTrue(outputs > 0);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void theyAreSmallAndNameNoMachine(Path file) throws IOException {
    assertTrue(Files.size(file) < LARGEST_BYTES, Files.size(file) + " bytes");
    String text = Files.readString(file);
    assertFalse(MACHINE_PATH.matcher(text).find(), () -> "a path of a machine in " + file);
  }
}
