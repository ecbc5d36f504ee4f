package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/concepts.md has the ideas of the explorer's page, and its tests and cells exist. */
class ConceptsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path IDEAS =
      Path.of("src/main/resources/org/yuqiao/server/page/views/ideas.json");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(([^)]+)\\)");
  private static final Pattern METHOD = Pattern.compile("\\)\\.(\\w+)$");
  private static final Pattern CELL = Pattern.compile("\\) (\\w+)$");

  private final List<Row> rows = new ArrayList<>();
  private final List<JsonNode> ideas = new ArrayList<>();

  private record Row(String idea, String types, String test, String cell, String view) {
    static Row of(String line) {
      List<String> columns = Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
      assertEquals(5, columns.size(), line);
      return new Row(
          columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(4));
    }
  }

  @BeforeEach
  void read() throws IOException {
    for (String line : Files.readAllLines(DOCS.resolve("concepts.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| idea |") && !line.startsWith("| ---")) {
        rows.add(Row.of(line));
      }
    }
    JsonNode file = new ObjectMapper().readTree(IDEAS.toFile());
    for (JsonNode group : file.path("groups")) {
      for (JsonNode idea : file.path("ideas")) {
        if (idea.path("group").equals(group.path("id"))) {
          ideas.add(idea);
        }
      }
    }
  }

  private static List<MatchResult> links(String text) {
    return LINK.matcher(text).results().toList();
  }

  private static String linked(String text) {
    return links(text).get(0).group(2);
  }

  private static String found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }

  @Test
  void theIdeasAreThoseOfThePageInItsOrder() {
    assertEquals(
        ideas.stream()
            .map(idea -> idea.path("title"))
            .map(title -> title.path("en").asText() + " " + title.path("zh").asText())
            .toList(),
        rows.stream().map(Row::idea).toList());
  }

  @Test
  void classesAndViewsAreThoseOfThePage() {
    for (int i = 0; i < rows.size(); i++) {
      List<String> expected = new ArrayList<>();
      ideas.get(i).path("code").forEach(name -> expected.add(name.asText().replace('.', '/')));
      assertEquals(
          expected.stream().map(name -> "../src/main/java/org/yuqiao/" + name + ".java").toList(),
          links(rows.get(i).types()).stream().map(link -> link.group(2)).toList());
      assertEquals(
          ideas.get(i).path("view").asText("-"),
          rows.get(i).view().split(",")[0],
          rows.get(i)::idea);
    }
  }

  @Test
  void eachTestIsAMethodOfItsClass() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Row row : rows) {
      String file = linked(row.test());
      if (!sources.containsKey(file)) {
        sources.put(file, Files.readString(DOCS.resolve(file)));
      }
      String method = found(METHOD, row.test());
      assertTrue(sources.get(file).contains(" void " + method + "("), row::test);
    }
  }

  @Test
  void eachIdeaHasACellOfANotebook() throws IOException {
    for (Row row : rows) {
      JsonNode notebook = new ObjectMapper().readTree(DOCS.resolve(linked(row.cell())).toFile());
      String id = found(CELL, row.cell());
      boolean isThere = false;
      for (JsonNode cell : notebook.path("cells")) {
        isThere |=
            cell.path("id").asText().equals(id) && cell.path("cell_type").asText().equals("code");
      }
      assertTrue(isThere, row::cell);
    }
  }
}
