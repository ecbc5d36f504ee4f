package org.yuqiao.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
  @TempDir private Path folder;

  private MetricsFile metrics(String lines) throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), lines);
    return MetricsFile.read(new RunFolder(folder));
  }

  @Test
  void eachMetricOfTrainingAndValidationIsACurve() throws IOException {
    MetricsFile metrics =
        metrics(
            """
            {"kind":"train","step":50,"seconds":30.0,"loss":5.0,"learningRate":0.1}
            {"kind":"validation","step":60,"seconds":60.0,"loss":4.0,"bleu":9.0,"peakMemoryBytes":1e9}
            {"kind":"train","step":100,"seconds":90.0,"loss":"NaN","learningRate":0.2}
            {"kind":"validation","step":120,"seconds":120.0,"loss":4.5,"bleu":7.0}
            {"kind":"test","step":120,"bleu":8.0}
            """);
    Map<String, List<LearningCurves.Point>> curves = LearningCurves.of(metrics, 600).curves();
    assertEquals(Set.of("loss", "learningRate", "validation loss", "bleu"), curves.keySet());
    assertEquals(List.of(new LearningCurves.Point(50, 0.5, 5.0)), curves.get("loss"));
    assertEquals(
        List.of(new LearningCurves.Point(60, 1, 9), new LearningCurves.Point(120, 2, 7)),
        curves.get("bleu"));
    assertEquals(Map.of("bleu", 9.0), LearningCurves.best(metrics));
  }

  @Test
  void withoutScoresTheLowestLossIsTheBest() throws IOException {
    MetricsFile metrics =
        metrics(
            """
            {"kind":"validation","step":1,"seconds":1,"loss":3.0,"perplexity":20.0}
            {"kind":"validation","step":2,"seconds":2,"loss":4.0,"perplexity":54.0}
            """);
    assertEquals(Map.of("validation loss", 3.0), LearningCurves.best(metrics));
    assertTrue(LearningCurves.best(metrics("")).isEmpty());
  }

  @Test
  void thinnedCurvesKeepTheirEndsAndTheirSpikes() {
    List<LearningCurves.Point> points =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new LearningCurves.Point(i, i / 60.0, i == 4321 ? 50 : 1.0 / (1 + i)))
            .toList();
    List<LearningCurves.Point> thinned = LearningCurves.thinned(points, 600);
    assertEquals(600, thinned.size());
    assertEquals(points.get(0), thinned.get(0));
    assertEquals(points.get(9_999), thinned.get(599));
    assertTrue(thinned.contains(points.get(4321)));
    for (int i = 1; i < thinned.size(); i++) {
      assertTrue(thinned.get(i - 1).step() < thinned.get(i).step());
    }
    for (int size = 3; size < 20; size++) {
      assertEquals(Math.min(size, 7), LearningCurves.thinned(points.subList(0, size), 7).size());
    }
  }
}
