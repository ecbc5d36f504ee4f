package org.yuqiao.embedding.query;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Common word pairs that differ in one grammatical or semantic feature, as a plural from its
 * singular.
 *
 * @param name of the feature: plural, past, comparative or gender
 * @param pairs in English and Chinese; no word occurs twice
 */
public record WordPairs(String name, List<Pair> pairs) {
  /** Words without and with the feature. */
  public record Pair(String from, String to) {}

  private static final String SECTION = ": ";

  /** Copies the pairs. */
  public WordPairs {
    pairs = List.copyOf(pairs);
  }

  /** All lists of the program. */
  public static List<WordPairs> all() {
    Map<String, List<Pair>> sections = new LinkedHashMap<>();
    List<Pair> section = List.of();
    for (String line : text().lines().filter(line -> !line.isBlank()).toList()) {
      if (line.startsWith(SECTION)) {
        section = new ArrayList<>();
        sections.put(line.substring(SECTION.length()), section);
      } else {
        String[] words = line.split(" ");
        section.add(new Pair(words[0], words[1]));
      }
    }
    return sections.entrySet().stream()
        .map(entry -> new WordPairs(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String text() {
    try (InputStream in = WordPairs.class.getResourceAsStream("word-pairs.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the word pairs are part of the program", e);
    }
  }
}
