package org.yuqiao.cli.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuqiao.cli.Main;
import org.yuqiao.settings.SettingsTree;

/** The ideas of the page "Where do I see ...?" lead to views, classes, settings and commands. */
class IdeasTest {
  private static final Path PAGE = Path.of("src/main/resources/org/yuqiao/server/page");

  private final List<JsonNode> ideas = new ArrayList<>();
  private final Set<String> groups = new HashSet<>();

  @BeforeEach
  void read() throws IOException {
    JsonNode file = new ObjectMapper().readTree(PAGE.resolve("views/ideas.json").toFile());
    file.path("ideas").forEach(ideas::add);
    file.path("groups").forEach(group -> groups.add(group.path("id").asText()));
  }

  @Test
  void allIdeasOfTheNotesAreThereOnce() {
    assertTrue(ideas.size() >= 32, ideas.size() + " ideas");
    assertEquals(ideas.size(), ideas.stream().map(idea -> idea.path("id")).distinct().count());
    assertEquals(
        groups, new HashSet<>(ideas.stream().map(idea -> idea.path("group").asText()).toList()));
  }

  @Test
  void eachIdeaHasATitleAndTwoSentencesInBothLanguages() {
    for (JsonNode idea : ideas) {
      for (String language : List.of("en", "zh")) {
        assertTrue(!idea.path("title").path(language).asText().isBlank(), idea::toString);
        String text = idea.path("text").path(language).asText();
        String end = language.equals("zh") ? "。" : "\\.( |$)";
        assertEquals(2, text.split(end, -1).length - 1, text);
      }
    }
  }

  @Test
  void eachViewExistsAndAnIdeaWithoutOneSaysWhereItIs() {
    for (JsonNode idea : ideas) {
      if (idea.has("view")) {
        String view = idea.path("view").asText();
        assertTrue(Files.exists(PAGE.resolve("views/" + view + ".js")), view);
      }
      assertTrue(!idea.path("code").isEmpty(), idea::toString);
    }
  }

  @Test
  void classesSettingsAndCommandsAreThoseOfTheProgram() throws ClassNotFoundException {
    for (JsonNode idea : ideas) {
      for (JsonNode name : idea.path("code")) {
        Class.forName("org.yuqiao." + name.asText());
      }
      if (idea.has("setting")) {
        assertTrue(
            SettingsTree.defaults().flat().containsKey(idea.path("setting").asText()),
            idea::toString);
      }
      if (idea.has("command")) {
        String[] words = idea.path("command").asText().split(" ");
        assertEquals("./yuqiao", words[0]);
        Main.commandLine()
            .parseArgs(List.of(words).subList(1, words.length).toArray(new String[0]));
      }
    }
  }
}
