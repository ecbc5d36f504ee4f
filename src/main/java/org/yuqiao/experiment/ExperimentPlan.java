package org.yuqiao.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsTree;

/**
 * The runs defined by an experiment file. Besides settings the file may contain
 *
 * <ul>
 *   <li>{@code base}: initial settings, or the name of a settings file in the same folder;
 *   <li>{@code variations}: a list of sets of settings, each with a {@code name};
 *   <li>{@code grid}: keys with lists of values; every combination is a run;
 *   <li>{@code seeds}: values of {@code train.seed}.
 * </ul>
 *
 * Every variation is combined with every point of the grid and every seed.
 *
 * @param name of the file, without extension
 * @param runs in order
 */
public record ExperimentPlan(String name, List<Run> runs) {
  private static final String BASE = "base";
  private static final String VARIATIONS = "variations";
  private static final String GRID = "grid";
  private static final String SEEDS = "seeds";
  private static final String SEED = "train.seed";
  private static final String NAME = "name";
  private static final int MAX_RUNS = 10_000;

  /**
   * One run.
   *
   * @param name unique, as {@code heads=4_seed=1}; empty for a single run
   */
  public record Run(String name, ExperimentSettings settings) {}

  /** Partially applied settings, with the parts of the run name so far. */
  private record Draft(List<String> labels, SettingsTree base, List<SettingsTree.Overlay> changes) {
    Draft with(String label, SettingsTree.Overlay change) {
      return new Draft(longer(labels, label), base, longer(changes, change));
    }

    private static <T> List<T> longer(List<T> list, T last) {
      return Stream.concat(list.stream(), Stream.of(last)).toList();
    }

    /** All changes at once, so that the weights of other corpora may come from another of them. */
    ExperimentSettings settings(String source) {
      return base.with(changes).check(source);
    }
  }

  /**
   * The plans of a file, or of each YAML file of a folder.
   *
   * @throws InvalidInputException naming the file and the invalid key
   */
  public static List<ExperimentPlan> read(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(readFile(fileOrFolder));
    }
    try (Stream<Path> files = Files.list(fileOrFolder)) {
      List<Path> yaml =
          files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
      if (yaml.isEmpty()) {
        throw new InvalidInputException("there is no .yaml file in " + fileOrFolder);
      }
      return yaml.stream().map(ExperimentPlan::readFile).toList();
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + fileOrFolder + ": " + IoError.message(e), e);
    }
  }

  /** The same runs, each limited to {@code minutes} only. */
  public ExperimentPlan withMinutes(double minutes) {
    ObjectNode limits = SettingsTree.YAML.createObjectNode();
    limits.put("train.minutes", minutes).put("train.epochs", 0).put("train.steps", 0);
    String source = "--minutes " + minutes;
    return new ExperimentPlan(
        name,
        runs.stream()
            .map(
                run ->
                    new Run(
                        run.name(),
                        SettingsTree.of(run.settings()).with(limits, source).check(source)))
            .toList());
  }

  private static ExperimentPlan readFile(Path file) {
    JsonNode root = SettingsTree.parse(file);
    ObjectNode own =
        root.isObject() ? ((ObjectNode) root).deepCopy() : SettingsTree.YAML.createObjectNode();
    if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
      throw new InvalidInputException(file + ": expected keys and values");
    }
    JsonNode base = own.path(BASE);
    JsonNode variations = own.path(VARIATIONS);
    JsonNode grid = own.path(GRID);
    JsonNode seeds = own.path(SEEDS);
    own.remove(List.of(BASE, VARIATIONS, GRID, SEEDS));
    SettingsTree tree = base(file, base).with(own, file.toString());
    List<Draft> drafts = List.of(new Draft(List.of(), tree, List.of()));
    drafts = withVariations(drafts, variations, file);
    drafts = withGrid(drafts, grid, file);
    drafts = withSeeds(drafts, seeds, file);
    List<Run> runs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Draft draft : drafts) {
      String name = String.join("_", draft.labels());
      if (!names.add(name)) {
        throw new InvalidInputException(file + ": two runs would both be called '" + name + "'");
      }
      String source = name.isEmpty() ? file.toString() : file + " (" + name + ")";
      runs.add(new Run(name, draft.settings(source)));
    }
    return new ExperimentPlan(
        file.getFileName().toString().replaceAll("\\.ya?ml$", ""), List.copyOf(runs));
  }

  private static SettingsTree base(Path file, JsonNode base) {
    SettingsTree defaults = SettingsTree.defaults();
    if (!base.isTextual()) {
      return defaults.with(base, file + ", " + BASE);
    }
    Path other = file.resolveSibling(basePath(file, base.asText()));
    return defaults.with(SettingsTree.parse(other), other.toString());
  }

  private static Path basePath(Path file, String name) {
    FilePath.require(name, file + ", " + BASE);
    return FilePath.of(name);
  }

  private static List<Draft> withVariations(List<Draft> drafts, JsonNode variations, Path file) {
    if (variations.isMissingNode()) {
      return drafts;
    }
    requireList(variations, VARIATIONS, "sets of settings, each with a name", file);
    requireFew(drafts, variations, file);
    List<Draft> result = new ArrayList<>();
    for (JsonNode variation : variations) {
      if (!variation.isObject() || !variation.path(NAME).isValueNode()) {
        throw new InvalidInputException(file + ": each of the " + VARIATIONS + " needs a name");
      }
      String name = variation.get(NAME).asText();
      ObjectNode changes = ((ObjectNode) variation).deepCopy();
      changes.remove(NAME);
      String source = file + ", variation '" + name + "'";
      for (Draft draft : drafts) {
        result.add(draft.with(fileName(name), new SettingsTree.Overlay(changes, source)));
      }
    }
    return result;
  }

  private static List<Draft> withGrid(List<Draft> drafts, JsonNode grid, Path file) {
    if (grid.isMissingNode()) {
      return drafts;
    }
    if (!grid.isObject() || grid.isEmpty()) {
      throw new InvalidInputException(file + ": " + GRID + " must hold keys with lists of values");
    }
    Map<String, JsonNode> axes = new LinkedHashMap<>();
    axes(grid, "", axes);
    List<Draft> result = drafts;
    for (Map.Entry<String, JsonNode> axis : axes.entrySet()) {
      requireList(axis.getValue(), GRID + ", '" + axis.getKey() + "'", "values", file);
      String label = label(axis.getKey(), axes.keySet());
      requireFew(result, axis.getValue(), file);
      List<Draft> longer = new ArrayList<>();
      for (Draft draft : result) {
        for (JsonNode value : axis.getValue()) {
          longer.add(
              draft.with(
                  fileName(label + "=" + SettingsTree.inline(value)),
                  SettingsTree.Overlay.of(axis.getKey(), value, file + ", " + GRID)));
        }
      }
      result = longer;
    }
    return result;
  }

  private static void axes(JsonNode section, String prefix, Map<String, JsonNode> into) {
    section
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                axes(entry.getValue(), prefix + entry.getKey() + ".", into);
              } else {
                into.put(prefix + entry.getKey(), entry.getValue());
              }
            });
  }

  /** The last part of a key; the whole key if another axis has the same last part. */
  private static String label(String key, Set<String> keys) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    boolean shared =
        keys.stream().filter(k -> k.endsWith("." + last) || k.equals(last)).count() > 1;
    return shared ? key : last;
  }

  private static List<Draft> withSeeds(List<Draft> drafts, JsonNode seeds, Path file) {
    if (seeds.isMissingNode()) {
      return drafts;
    }
    requireList(seeds, SEEDS, "whole numbers", file);
    requireFew(drafts, seeds, file);
    return drafts.stream()
        .flatMap(
            draft ->
                Stream.iterate(0, i -> i < seeds.size(), i -> i + 1)
                    .map(
                        i ->
                            draft.with(
                                fileName("seed=" + seeds.get(i).asText()),
                                SettingsTree.Overlay.of(SEED, seeds.get(i), file + ", " + SEEDS))))
        .collect(Collectors.toList());
  }

  private static void requireList(JsonNode node, String key, String of, Path file) {
    if (!node.isArray() || node.isEmpty()) {
      throw new InvalidInputException(
          file + ": " + key + " must be a list of " + of + ", as [1, 2]");
    }
  }

  private static void requireFew(List<Draft> drafts, JsonNode values, Path file) {
    long runs = (long) drafts.size() * values.size();
    InvalidInputException.require(
        runs <= MAX_RUNS,
        file + ": it describes " + runs + " runs or more; expected at most " + MAX_RUNS);
  }

  /** Replaces characters that file systems or shells treat specially; keeps Chinese. */
  private static String fileName(String label) {
    return label.replaceAll("[^\\p{L}\\p{N}=.+-]+|^\\.+", "-");
  }
}
