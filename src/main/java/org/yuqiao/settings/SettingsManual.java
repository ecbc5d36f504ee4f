package org.yuqiao.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.yuqiao.files.InvalidInputException;

/**
 * The documentation of each key, read from the comments of {@code defaults.yaml}. A comment stands
 * above its key or behind its value and ends with "Allowed: ...".
 */
public final class SettingsManual {
  private static final Pattern LINE =
      Pattern.compile("(?<indent> *)(?<key>\\w+):(?<value>[^#]*)(?:#(?<comment>.*))?");
  private static final String ALLOWED = "Allowed:";
  private static final int INDENT = 2;

  private final Map<String, Entry> entries;

  /**
   * One key.
   *
   * @param key with its sections, as {@code train.minutes}
   * @param value the default
   * @param meaning its effect
   * @param allowed the allowed values, as a phrase
   */
  public record Entry(String key, JsonNode value, String meaning, String allowed) {}

  private SettingsManual(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /** The manual that is part of the program. */
  public static SettingsManual load() {
    return read(SettingsTree.defaultsText(), SettingsTree.defaults().flat());
  }

  static SettingsManual read(String yaml, Map<String, JsonNode> defaults) {
    Map<String, String> comments = comments(yaml);
    Map<String, Entry> entries = new LinkedHashMap<>();
    defaults.forEach(
        (key, value) -> {
          String comment = comments.getOrDefault(key, "");
          int allowed = comment.indexOf(ALLOWED);
          entries.put(
              key,
              new Entry(
                  key,
                  value,
                  (allowed < 0 ? comment : comment.substring(0, allowed)).strip(),
                  allowed < 0
                      ? ""
                      : comment
                          .substring(allowed + ALLOWED.length())
                          .strip()
                          .replaceAll("\\.$", "")));
        });
    return new SettingsManual(entries);
  }

  /** The comments above each key and behind it, by the key with its sections. */
  private static Map<String, String> comments(String yaml) {
    Map<String, String> comments = new LinkedHashMap<>();
    Deque<String> sections = new ArrayDeque<>();
    List<String> above = new ArrayList<>();
    for (String line : yaml.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (line.isBlank()) {
        above.clear();
      } else if (line.strip().startsWith("#")) {
        above.add(line.strip().substring(1).strip());
      } else if (matcher.matches()) {
        while (sections.size() > matcher.group("indent").length() / INDENT) {
          sections.removeLast();
        }
        sections.addLast(matcher.group("key"));
        String behind = Optional.ofNullable(matcher.group("comment")).orElse("").strip();
        comments.put(String.join(".", sections), (String.join(" ", above) + " " + behind).strip());
        above.clear();
      }
    }
    return comments;
  }

  /** All keys in the order of the file. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /**
   * One key, or all keys of a section.
   *
   * @throws InvalidInputException when there is neither
   */
  public List<Entry> find(String key) {
    List<Entry> found =
        entries.values().stream()
            .filter(entry -> entry.key().equals(key) || entry.key().startsWith(key + "."))
            .toList();
    if (found.isEmpty()) {
      throw new InvalidInputException(unknown(key));
    }
    return found;
  }

  /** The allowed values of a key, as a phrase; empty if undocumented. */
  Optional<String> allowed(String key) {
    return Optional.ofNullable(entries.get(key))
        .map(Entry::allowed)
        .filter(text -> !text.isEmpty());
  }

  /** The error message for an unknown key, with the nearest known one. */
  String unknown(String key) {
    Optional<String> renamed = RenamedKeys.of(key);
    if (renamed.isPresent()) {
      return "the key '" + key + "' is called '" + renamed.get() + "' now";
    }
    Entry nearest = entries.get(nearest(key));
    return "unknown key '"
        + key
        + "'; the nearest known one is '"
        + nearest.key()
        + "' (allowed: "
        + nearest.allowed()
        + "); all are listed by: ./yuqiao settings";
  }

  /** Longer keys are compared in part: the edit distance takes time with the length. */
  private static final int MAX_COMPARED = 100;

  /** The known key with the smallest edit distance; a missing section counts as one edit. */
  String nearest(String wrong) {
    String key = wrong.substring(0, Math.min(MAX_COMPARED, wrong.length()));
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return entries.keySet().stream()
        .min(
            Comparator.comparingInt(
                known -> {
                  int whole = distance.apply(key, known);
                  int last = distance.apply(last(key), last(known));
                  return Math.min(whole, last + 1);
                }))
        .orElseThrow();
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
