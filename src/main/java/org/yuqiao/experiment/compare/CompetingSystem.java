package org.yuqiao.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.settings.SettingsFile;

/**
 * A compared system: one set of settings, trained with one or several seeds.
 *
 * @param letter label in charts and tables
 * @param name unique name
 * @param runs one for each seed
 */
record CompetingSystem(String letter, String name, List<FinishedRun> runs) {
  private static final String SEED = "train.seed";

  /**
   * Groups runs that differ only in their seed. A second run with the same seed, e.g. by another
   * version of the program, starts another system.
   */
  static List<CompetingSystem> group(List<FinishedRun> runs) {
    Map<Map<String, String>, List<FinishedRun>> groups = new LinkedHashMap<>();
    Map<Map<String, String>, Integer> seen = new HashMap<>();
    for (FinishedRun run : runs) {
      Map<String, String> settings = SettingsFile.flat(run.settings());
      int repetition = seen.merge(Map.copyOf(settings), 1, Integer::sum);
      settings.remove(SEED);
      settings.put("repetition", Integer.toString(repetition));
      groups.computeIfAbsent(settings, key -> new ArrayList<>()).add(run);
    }
    List<String> names = names(groups.values());
    List<CompetingSystem> systems = new ArrayList<>();
    for (List<FinishedRun> group : groups.values()) {
      int i = systems.size();
      systems.add(new CompetingSystem(letter(i), names.get(i), List.copyOf(group)));
    }
    return systems;
  }

  /** A, B, ..., Z, A1, B1 and so on. */
  private static String letter(int i) {
    return (char) ('A' + i % 26) + (i < 26 ? "" : Integer.toString(i / 26));
  }

  /** The folder names without the seed; the paths if those are not unique. */
  private static List<String> names(Collection<List<FinishedRun>> groups) {
    List<String> names =
        groups.stream().map(group -> withoutSeed(group.get(0).path().getFileName())).toList();
    boolean unique =
        new HashSet<>(names).size() == names.size() && names.stream().noneMatch(String::isEmpty);
    return unique ? names : groups.stream().map(g -> g.get(0).path().toString()).toList();
  }

  private static String withoutSeed(Path name) {
    return name.toString().replaceAll("_?seed=-?\\d+", "").replace("_", ", ");
  }

  /** The common settings, without the seed. */
  Map<String, String> settings() {
    Map<String, String> settings = SettingsFile.flat(runs.get(0).settings());
    settings.remove(SEED);
    return settings;
  }

  /** The score of each run. */
  List<Double> scores(Metric metric) {
    return runs.stream()
        .map(run -> metric.corpus(run.hypotheses(), List.of(run.references())))
        .toList();
  }
}
