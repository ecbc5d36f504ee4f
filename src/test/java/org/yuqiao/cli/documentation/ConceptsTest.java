package org.yuqiao.cli.documentation;

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
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuqiao.layers.attention.PositionScheme;

/**
 * docs/concepts.md has the ideas of the explorer's page; its classes, tests, cells, views exist.
 */
class ConceptsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path VIEWS = Path.of("src/main/resources/org/yuqiao/server/page/views");
  private static final Path IDEAS = VIEWS.resolve("ideas.json");
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
  void eachClassExistsUnderItsName() {
    for (Row row : rows) {
      for (MatchResult link : links(row.types())) {
        assertTrue(Files.exists(DOCS.resolve(link.group(2))), row::types);
        assertTrue(link.group(2).endsWith("/" + link.group(1) + ".java"), row::types);
      }
      assertTrue(linked(row.test()).endsWith("/" + links(row.test()).get(0).group(1) + ".java"));
    }
  }

  /**
   * The second word of a view is a parameter of the idea's address that the view's scripts know.
   */
  @Test
  void eachViewAndItsPartAreThoseOfThePagesScripts() throws IOException {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      List<String> words = List.of(row.view().split(", "));
      if (words.get(0).equals("-")) {
        continue;
      }
      StringBuilder scripts =
          new StringBuilder(Files.readString(VIEWS.resolve(words.get(0) + ".js")));
      if (words.get(0).equals("positions")) { // the server names the schemes
        for (PositionScheme scheme : PositionScheme.values()) {
          scripts.append(' ').append(scheme.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
      }
      try (Stream<Path> parts = Files.walk(VIEWS.resolve(words.get(0)))) {
        for (Path part : parts.filter(file -> file.toString().endsWith(".js")).toList()) {
          scripts.append(Files.readString(part));
        }
      }
      for (String word : words.subList(1, words.size())) {
        List<String> values = new ArrayList<>();
        ideas.get(i).path("params").forEach(value -> values.add(value.asText()));
        assertTrue(values.contains(word), row + " leads to " + values);
        assertTrue(
            Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(scripts)
                .find(),
            row::toString);
      }
    }
  }

  @Test
  void eachIdeaHasACellWithAnOutputBelowAHeading() throws IOException {
    for (Row row : rows) {
      MatchResult link = links(row.cell()).get(0);
      assertTrue(link.group(2).contains("/" + link.group(1) + "-"), row::cell);
      JsonNode notebook = new ObjectMapper().readTree(DOCS.resolve(link.group(2)).toFile());
      String id = found(CELL, row.cell());
      boolean isBelowAHeading = false;
      boolean isThere = false;
      for (JsonNode cell : notebook.path("cells")) {
        isBelowAHeading |=
            cell.path("cell_type").asText().equals("markdown")
                && StreamSupport.stream(cell.path("source").spliterator(), false)
                    .anyMatch(line -> line.asText().startsWith("#"));
        isThere |=
            cell.path("id").asText().equals(id)
                && cell.path("cell_type").asText().equals("code")
                && !cell.path("outputs").isEmpty()
                && isBelowAHeading;
      }
      assertTrue(isThere, row::cell);
    }
  }
}
