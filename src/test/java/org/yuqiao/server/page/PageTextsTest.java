package org.yuqiao.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of the page: in both languages, and one for every key that its scripts name. */
class PageTextsTest {
  private static final Path PAGE = Path.of("src/main/resources/org/yuqiao/server/page");
  private static final String TEXTS = ".strings.js";
  private static final Pattern KEY =
      Pattern.compile("(?m)^\\s*(?:\"([\\w.-]+)\"|(\\w+)): *(?:[\"'`]|$)");

  /** The first argument of a call of t. */
  private static final Pattern CALL = Pattern.compile("\\bt\\(([^,()`]*)[,)]");

  /** A literal in a condition, which is no key. */
  private static final Pattern COMPARED = Pattern.compile("[=!]== *\"[^\"]*\"");

  private static final Pattern LITERAL = Pattern.compile("\"([a-z][\\w.-]*)\"");

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Set<String> keys(String texts) {
    return KEY.matcher(texts)
        .results()
        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
        .filter(key -> !key.equals("en") && !key.equals("zh"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyTextIsThereInEnglishAndChinese() throws IOException {
    int count = 0;
    for (Path file : files(TEXTS)) {
      String[] languages = Files.readString(file).split("(?m)^  zh: ", 2);
      assertEquals(keys(languages[0]), keys(languages[1]), file.toString());
      count += keys(languages[0]).size();
    }
    assertTrue(count > 400, count + " texts");
  }

  @Test
  void everyKeyInAScriptHasAText() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path script : files(".js")) {
      if (script.toString().endsWith(TEXTS)) {
        continue;
      }
      Set<String> known = new TreeSet<>();
      for (Path texts : files(TEXTS)) {
        if (isFor(texts, script)) {
          known.addAll(keys(Files.readString(texts)));
        }
      }
      CALL.matcher(Files.readString(script))
          .results()
          .flatMap(
              call -> LITERAL.matcher(COMPARED.matcher(call.group(1)).replaceAll("")).results())
          .map((MatchResult literal) -> literal.group(1))
          .filter(key -> !known.contains(key))
          .forEach(key -> missing.add(PAGE.relativize(script) + ": " + key));
    }
    assertEquals("", String.join("\n", missing));
  }

  /** A view's texts are for its own scripts, those of the shell and of shared parts for all. */
  private static boolean isFor(Path texts, Path script) {
    if (!texts.startsWith(PAGE.resolve("views"))) {
      return true;
    }
    String view = texts.toString().replace(TEXTS, "");
    return script.toString().equals(view + ".js") || script.startsWith(view);
  }
}
