package org.yuqiao.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.train.validation.SampleTranslation;

class RunFollowerTest {
  @TempDir private Path folder;
  private RunFolder run;
  private RunFollower follower;

  @BeforeEach
  void follows() {
    run = new RunFolder(folder);
    follower = new RunFollower(run);
  }

  private void append(String text) throws IOException {
    Files.writeString(run.metrics(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private List<Long> steps() {
    return follower.metrics().stream().map(MetricsFile.Line::step).toList();
  }

  private static String line(int step) {
    return "{\"kind\":\"train\",\"step\":" + step + ",\"loss\":1.5}\n";
  }

  @Test
  void completedLinesAreReadOnce() throws IOException {
    assertEquals(List.of(), steps());
    append(line(50) + line(100));
    assertEquals(List.of(50L, 100L), steps());
    assertEquals(List.of(), steps());
    append("{\"kind\":\"train\",\"st");
    assertEquals(List.of(), steps());
    append("ep\":150}\nno JSON\n[]\n" + line(200));
    assertEquals(List.of(150L, 200L), steps());
  }

  @Test
  void aFileThatWasReplacedIsReadAgain() throws IOException {
    append(line(50) + line(100));
    assertEquals(List.of(50L, 100L), steps());
    Files.writeString(run.metrics(), line(50));
    assertEquals(List.of(50L), steps());
    Files.writeString(run.metrics(), line(10) + line(20) + line(30));
    assertEquals(List.of(10L, 20L, 30L), steps());
    Files.delete(run.metrics());
    assertEquals(List.of(), steps());
    append(line(40));
    assertEquals(List.of(40L), steps());
  }

  @Test
  void whatTheLogAppendsIsFollowed() {
    try (MetricsLog log = new MetricsLog(run)) {
      log.add("train", 50, Map.of("loss", 2.5));
      assertEquals(
          List.of(new MetricsFile.Line("train", 50, Map.of("loss", 2.5))), follower.metrics());
    }
  }

  @Test
  void aLineCutByAKillDoesNotSpoilTheNext() throws IOException {
    append(line(50) + "{\"kind\":\"tra");
    try (MetricsLog log = new MetricsLog(run)) {
      log.add("train", 50, Map.of("loss", 2.5));
    }
    assertEquals(List.of(50L, 50L), steps());
    assertEquals(2.5, MetricsFile.read(run).of("train").get(0).metric("loss"));
  }

  @Test
  void samplesOfARepeatedStepReplaceLaterOnes() throws IOException {
    assertEquals(List.of(), ValidationSamples.read(run));
    ValidationSamples first = samples(100, "I has books.");
    ValidationSamples last = samples(200, "I have books.");
    ValidationSamples again = samples(100, "I have book.");
    first.append(run);
    last.append(run);
    assertEquals(List.of(first, last), ValidationSamples.read(run));
    assertEquals(List.of(first, last), follower.samples());
    again.append(run);
    Files.writeString(run.samples(), "{\"step\":300}\n", StandardOpenOption.APPEND);
    assertEquals(List.of(again), ValidationSamples.read(run));
    assertEquals(List.of(again), follower.samples());
  }

  private static ValidationSamples samples(long step, String translation) {
    return new ValidationSamples(
        step, List.of(new SampleTranslation("我有书。", "I have books.", translation)));
  }
}
