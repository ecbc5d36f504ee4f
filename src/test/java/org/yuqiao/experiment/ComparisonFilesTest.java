package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuqiao.settings.SettingsFile;

/** The files in {@code experiments/compare} can be run, and compare what they say. */
class ComparisonFilesTest {
  private static final Path FOLDER = Path.of("experiments/compare");

  /** The keys in which the runs of a plan differ, the seed aside. */
  private static Set<String> differing(ExperimentPlan plan) {
    Map<String, Set<String>> values = new TreeMap<>();
    for (ExperimentPlan.Run run : plan.runs()) {
      SettingsFile.flat(run.settings())
          .forEach((key, value) -> values.computeIfAbsent(key, k -> new HashSet<>()).add(value));
    }
    values.remove("train.seed");
    values.values().removeIf(found -> found.size() == 1);
    return values.keySet();
  }

  @Test
  void everyFileIsAPlanOfRunsThatDifferInWhatItAsks() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertTrue(yaml.size() >= 14, yaml.toString());
      for (Path file : yaml) {
        ExperimentPlan plan = ExperimentPlan.read(file).get(0);
        Set<String> differing = differing(plan);
        assertTrue(plan.runs().size() > 1 && !differing.isEmpty(), file.toString());
        String asked =
            switch (file.getFileName().toString()) {
              // Recurrent models make fewer steps in the time of the Transformer's.
              case "recurrent-tatoeba.yaml" -> "model\\..*|train.steps";
              case "architecture-tatoeba.yaml" ->
                  // Recurrent models may need another rate, too.
                  "model\\..*|train.steps|optimizer.learningRate";
              case "methods-tatoeba.yaml" ->
                  "(model|embedding|start|subwords|train|optimizer)\\..*";
              default -> "(model|embedding|data)\\..*|optimizer.warmupSteps";
            };
        assertTrue(differing.stream().allMatch(key -> key.matches(asked)), file + " " + differing);
      }
    }
  }

  @Test
  void positionsAreComparedInAllTheirSchemes() {
    ExperimentPlan plan = ExperimentPlan.read(FOLDER.resolve("positions.yaml")).get(0);
    assertEquals(7 * 3, plan.runs().size());
    assertEquals(Set.of("model.positions"), differing(plan));
  }

  @Test
  void everyOtherFileOfExperimentsCanBeRead() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.getParent())) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertTrue(yaml.size() >= 9, yaml.toString());
      yaml.forEach(ExperimentPlan::read);
    }
  }
}
