package org.yuqiao.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/**
 * Reads and writes settings as YAML: the defaults, overlaid by an experiment's file, overlaid by
 * {@code --set}.
 */
public final class SettingsFile {
  /** The name of the file of a run's settings in the folder of the run. */
  public static final String OF_RUN = "settings.yaml";

  private SettingsFile() {}

  /**
   * Reads an experiment.
   *
   * @param overrides as "section.key=value"
   * @throws InvalidInputException naming the file and the key that is wrong
   */
  public static ExperimentSettings read(Path file, List<String> overrides) {
    JsonNode content = SettingsTree.parse(file);
    SettingsTree tree = overlaid(SettingsTree.defaults(), content, file, overrides);
    Optional<SettingsTree> started = tree.startedFrom(file.toString());
    return (started.isPresent() ? overlaid(started.get(), content, file, overrides) : tree)
        .check(file.toString());
  }

  private static SettingsTree overlaid(
      SettingsTree base, JsonNode content, Path file, List<String> overrides) {
    return base.with(content, file.toString())
        .with(overrides.stream().map(SettingsFile::overlay).toList());
  }

  private static SettingsTree.Overlay overlay(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          "--set " + override + ": expected key=value, as train.minutes=30");
    }
    String key = override.substring(0, equals);
    String value = override.substring(equals + 1);
    try {
      return SettingsTree.Overlay.of(key, SettingsTree.YAML.readTree(value), "--set " + override);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("--set " + key + ": '" + value + "' is not a value", e);
    }
  }

  /** Writes all settings in full. */
  public static void write(ExperimentSettings settings, Path file) {
    AtomicFile.write(file, out -> SettingsTree.YAML.writeValue(out, settings));
  }

  /** The values of all settings by full key, as {@code train.minutes}. */
  public static Map<String, String> flat(ExperimentSettings settings) {
    Map<String, String> flat = new LinkedHashMap<>();
    SettingsTree.of(settings)
        .flat()
        .forEach((key, value) -> flat.put(key, SettingsTree.inline(value)));
    return flat;
  }

  /** A key whose value differs between two experiments. */
  public record Difference(String key, String own, String other) {}

  /** The first of the keys that count in which two experiments differ. */
  public static Optional<Difference> firstDifference(
      ExperimentSettings own, ExperimentSettings other, Predicate<String> counts) {
    Map<String, String> mine = flat(own);
    return flat(other).entrySet().stream()
        .filter(entry -> counts.test(entry.getKey()))
        .map(entry -> new Difference(entry.getKey(), mine.get(entry.getKey()), entry.getValue()))
        .filter(difference -> !difference.own().equals(difference.other()))
        .findFirst();
  }

  /** The values that differ from the defaults, by full key. */
  public static Map<String, String> changed(ExperimentSettings settings) {
    Map<String, String> changed = flat(settings);
    SettingsTree.defaults()
        .flat()
        .forEach((key, value) -> changed.remove(key, SettingsTree.inline(value)));
    return changed;
  }

  /** The text of {@code defaults.yaml}, whose comments document all settings. */
  public static String manual() {
    return SettingsTree.defaultsText();
  }
}
