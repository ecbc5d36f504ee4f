package org.yuqiao.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yuqiao.evaluate.Metric;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.stats.PooledVariance;
import org.yuqiao.stats.SeedStatistics;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunList;
import org.yuqiao.store.RunState;

/**
 * A comparison of systems on one test set.
 *
 * @param systems the baseline first
 * @param settings the differing settings with the value of each system
 * @param metrics BLEU, chrF and TER for the target language
 * @param scores of each system, by metric
 * @param tests of every other system against the baseline, by metric
 * @param buckets BLEU by reference length
 * @param sentences with the largest differences
 * @param leftOut incomplete runs below the given folders, with their states
 */
public record Comparison(
    List<CompetingSystem> systems,
    Map<String, List<String>> settings,
    List<Metric> metrics,
    Map<String, List<SystemScore>> scores,
    Map<String, List<BaselineTest>> tests,
    List<LengthBuckets> buckets,
    List<SentenceContrast> sentences,
    List<String> leftOut) {
  private static final int SENTENCES = 15;

  /**
   * Compares runs.
   *
   * @param folders runs, or folders of runs
   * @param baseline a run of the baseline system; empty for the first run
   * @throws InvalidInputException if a run is not complete, or test sets differ
   */
  public static Comparison of(List<Path> folders, Optional<Path> baseline) {
    List<String> leftOut = new ArrayList<>();
    Set<Path> paths = new LinkedHashSet<>();
    baseline.ifPresent(path -> paths.add(path.normalize()));
    folders.forEach(folder -> paths.addAll(expand(folder, leftOut)));
    if (paths.isEmpty()) {
      throw new InvalidInputException("there is no complete run in " + folders);
    }
    List<FinishedRun> runs = paths.stream().map(FinishedRun::read).toList();
    for (FinishedRun run : runs) {
      if (!run.hasTestSetOf(runs.get(0))) {
        throw new InvalidInputException(
            "only scores on the same test set can be compared, but these differ: "
                + runs.get(0).testSet()
                + ", "
                + run.testSet());
      }
    }
    List<CompetingSystem> systems = CompetingSystem.group(runs);
    return of(systems, leftOut);
  }

  private static Comparison of(List<CompetingSystem> systems, List<String> leftOut) {
    List<Metric> metrics =
        Metric.of("bleu,chrf,ter", systems.get(0).runs().get(0).settings().target());
    Map<String, List<SystemScore>> scores = new LinkedHashMap<>();
    Map<String, List<BaselineTest>> tests = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      PooledVariance variance =
          PooledVariance.of(
              systems.stream().map(s -> SeedStatistics.of(s.scores(metric))).toList());
      scores.put(
          metric.name(), systems.stream().map(s -> SystemScore.of(s, metric, variance)).toList());
      tests.put(
          metric.name(),
          BaselineTest.all(systems.get(0), systems.subList(1, systems.size()), metric, variance));
    }
    return new Comparison(
        systems,
        differences(systems),
        metrics,
        scores,
        tests,
        LengthBuckets.of(systems),
        SentenceContrast.largest(systems, SENTENCES),
        leftOut);
  }

  /** A run itself, or the complete runs below a folder. */
  private static List<Path> expand(Path folder, List<String> leftOut) {
    if (new RunFolder(folder).exists()) {
      return List.of(folder.normalize());
    }
    List<Path> complete = new ArrayList<>();
    for (RunFolder run : RunList.below(folder)) {
      RunState state = RunState.of(run);
      if (state == RunState.COMPLETE) {
        complete.add(run.path().normalize());
      } else {
        leftOut.add(run.path() + " (" + state.label() + ")");
      }
    }
    return complete;
  }

  private static Map<String, List<String>> differences(List<CompetingSystem> systems) {
    List<Map<String, String>> each = systems.stream().map(CompetingSystem::settings).toList();
    return each.get(0).keySet().stream()
        .filter(key -> each.stream().map(s -> s.get(key)).distinct().count() > 1)
        .collect(
            Collectors.toMap(
                key -> key,
                key -> each.stream().map(s -> s.get(key)).toList(),
                (a, b) -> a,
                TreeMap::new));
  }

  /** The baseline system. */
  CompetingSystem baseline() {
    return systems.get(0);
  }

  /** The results of all tests, one sentence each. */
  public List<String> conclusions() {
    return Conclusions.of(this);
  }
}
