package org.yuqiao.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;

class ExperimentPlanTest {
  @TempDir private Path folder;

  private ExperimentPlan plan(String name, String yaml) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, yaml);
    return ExperimentPlan.read(file).get(0);
  }

  private static List<String> names(ExperimentPlan plan) {
    return plan.runs().stream().map(ExperimentPlan.Run::name).toList();
  }

  @Test
  void aGridIsEveryCombinationWithEverySeed() throws IOException {
    ExperimentPlan plan =
        plan(
            "e",
            """
            train: {minutes: 3}
            grid:
              model.encoderLayers: [2, 8]
              train: {batchTokens: [500, 600]}
            seeds: [1, 2]
            """);
    assertEquals(8, plan.runs().size());
    assertEquals("encoderLayers=2_batchTokens=500_seed=1", plan.runs().get(0).name());
    assertEquals("encoderLayers=8_batchTokens=600_seed=2", plan.runs().get(7).name());
    ExperimentSettings last = plan.runs().get(7).settings();
    assertEquals(8, last.model().encoderLayers());
    assertEquals(600, last.train().batchTokens());
    assertEquals(2, last.train().seed());
    assertEquals(3, last.train().minutes());
  }

  @Test
  void aGridOfCorporaAndTheirWeightsKeepsBothInEitherOrder() throws IOException {
    String weights = "  data.weights: [[1, 2], [3, 4]]\n";
    String corpora = "  data.train: [[a.tsv, b.tsv], [c.tsv, d.tsv]]\n";
    String own = "data: {train: [o.tsv], weights: [9]}\n";
    for (String axes : List.of(weights + corpora, corpora + weights)) {
      List<ExperimentPlan.Run> runs = plan("e", own + "grid:\n" + axes).runs();
      assertEquals(List.of(1.0, 2.0), runs.get(0).settings().data().weights());
      assertEquals(List.of("a.tsv", "b.tsv"), runs.get(0).settings().data().train());
      assertEquals(List.of(3.0, 4.0), runs.get(3).settings().data().weights());
      assertEquals(List.of("c.tsv", "d.tsv"), runs.get(3).settings().data().train());
    }
    String byVariation = "variations: [{name: v, data.weights: [5, 6]}]\ngrid:\n" + corpora;
    assertEquals(
        List.of(5.0, 6.0), plan("e", own + byVariation).runs().get(1).settings().data().weights());
    assertEquals(
        List.of(), plan("e", own + "grid:\n" + corpora).runs().get(1).settings().data().weights());
  }

  @Test
  void variationsAreNamedSetsOfSettings() throws IOException {
    ExperimentPlan plan =
        plan(
            "e",
            """
            variations:
              - name: plain
              - name: as in the paper
                model: {layerNorm: post, weightTying: none}
                train.labelSmoothing: 0.2
            """);
    assertEquals(List.of("plain", "as-in-the-paper"), names(plan));
    assertEquals(0.1, plan.runs().get(0).settings().train().labelSmoothing());
    assertEquals(0.2, plan.runs().get(1).settings().train().labelSmoothing());
    assertEquals("POST", plan.runs().get(1).settings().model().layerNorm().name());
  }

  @Test
  void theBaseIsAFileOrStandsInside() throws IOException {
    Files.writeString(folder.resolve("base.yaml"), "model: {hiddenSize: 64, encoderLayers: 2}\n");
    ExperimentPlan byFile = plan("e", "base: base.yaml\nmodel.encoderLayers: 4\n");
    assertEquals(64, byFile.runs().get(0).settings().model().hiddenSize());
    assertEquals(4, byFile.runs().get(0).settings().model().encoderLayers());
    ExperimentPlan inside = plan("f", "base: {model: {hiddenSize: 64}}\nseeds: [5]\n");
    assertEquals(64, inside.runs().get(0).settings().model().hiddenSize());
    assertEquals(List.of("seed=5"), names(inside));
  }

  @Test
  void aPlainExperimentIsOneRunAndAFolderAllItsFiles() throws IOException {
    plan("b", "seeds: [1, 2]\n");
    plan("a", "train.minutes: 1\n");
    List<ExperimentPlan> plans = ExperimentPlan.read(folder);
    assertEquals(List.of("a", "b"), plans.stream().map(ExperimentPlan::name).toList());
    assertEquals(List.of(""), names(plans.get(0)));
    assertEquals(2, plans.get(1).runs().size());
  }

  @Test
  void aBudgetTakesThePlaceOfAllLimits() throws IOException {
    ExperimentPlan plan = plan("e", "train: {minutes: 0, steps: 150}\n").withMinutes(2);
    assertEquals(2, plan.runs().get(0).settings().train().minutes());
    assertEquals(0, plan.runs().get(0).settings().train().steps());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grid: {model.hidenSize: [1, 2]}|unknown key 'model.hidenSize'; the nearest known one is 'model.hiddenSize'",
        "gird: {model.hiddenSize: [1, 2]}|unknown key 'gird'",
        "grid: {model.hiddenSize: 3}|must be a list",
        "grid: {model.dropout: [2]}|e.yaml (dropout=2): model.dropout must be",
        "variations: [{model.layerNorm: pre}]|needs a name",
        "variations: [{name: a}, {name: a}]|two runs would both be called 'a'",
        "variations: [{name: a, model.nrom: pre}]|variation 'a': unknown key 'model.nrom'",
        "seeds: 3|seeds must be a list",
        "seeds: [one]|key 'train.seed' cannot be 'one'; allowed: a whole number",
        "model.layerNorm: both|key 'model.layerNorm' cannot be 'both'; allowed: pre, post",
        "base: nothing.yaml|there is no file",
        "train: {steps: 1, steps: 2}|not YAML"
      })
  void whatIsWrongIsNamed(String yaml, String expected) {
    String message = assertThrows(InvalidInputException.class, () -> plan("e", yaml)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aGridOfTooManyRunsAndABaseThatIsNoPathAreRefused() throws IOException {
    String values = "[" + "1, ".repeat(99) + "1]";
    String grid =
        "grid: {model.encoderLayers: %s, model.decoderLayers: %s, train.seed: %s}\n"
            .formatted(values, values, values);
    String many = assertThrows(InvalidInputException.class, () -> plan("e", grid)).getMessage();
    assertTrue(many.endsWith("it describes 1000000 runs or more; expected at most 10000"), many);
    String base =
        assertThrows(InvalidInputException.class, () -> plan("e", "base: \"a\\0b\"\n"))
            .getMessage();
    assertTrue(base.contains("e.yaml, base: 'a\\u0000b' is not a path"), base);
  }

  @Test
  void aRunStaysInTheFolderOfItsExperiment() throws IOException {
    assertEquals(List.of("-"), names(plan("e", "variations: [{name: \"..\"}]\n")));
  }
}
