package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuqiao.cli.ProgramProcess.Result;

/** Benchmarks of translation and training. */
@ExtendWith(TrainedRun.Extension.class)
class BenchCommandTest {
  /** Beam, batch, sentences per second of both, speed-up, two quartiles, identical translations. */
  private static final Pattern INT8_ROW =
      Pattern.compile(
          " +1 +(?:many|1) +([0-9.]+) +([0-9.]+) +[0-9.]+ +[0-9.]+ to [0-9.]+ +[0-5] of 5");

  @Test
  void int8IsComparedWithFloat32(TrainedRun run) {
    String command =
        "bench translate --model "
            + run.path("run")
            + " --test "
            + run.path("train.tsv")
            + " --beam 1 --compare-int8";
    Result result = InProcess.run("", (command + " --warm-up 0 --repeat 3 --limit 5").split(" "));
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(3, lines.size());
    for (String line : lines.subList(1, 3)) {
      Matcher row = INT8_ROW.matcher(line);
      assertTrue(row.matches(), line);
      double float32 = Double.parseDouble(row.group(1));
      double int8 = Double.parseDouble(row.group(2));
      assertTrue(float32 > 0 && int8 > 0, line);
    }
    assertEquals(2, InProcess.run("", (command + " --json").split(" ")).exit());
  }

  @Test
  void interleavedBenchmarksTranslateOncePerLine(TrainedRun run) throws IOException {
    String command =
        "bench translate --model "
            + run.path("run")
            + " --test "
            + run.path("train.tsv")
            + " --beam 1 --warm-up 0 --interleaved";
    String[] one = (command + " --batch 0 --limit 5").split(" ");
    Result result = InProcess.run("again\nagain\n", one);
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(4, lines.size(), result.out());
    assertEquals("ready", lines.get(0));
    for (String seconds : lines.subList(1, 3)) {
      assertTrue(Double.parseDouble(seconds) > 0, seconds);
    }
    JsonNode cell = new ObjectMapper().readTree(lines.get(3)).get("results").get(0);
    assertEquals(5, cell.get("sentences").asInt());
    Result idle = InProcess.run("", one);
    assertEquals(1, idle.exit());
    assertTrue(idle.err().contains("no line on standard input"), idle.err());
    assertEquals(2, InProcess.run("again\n", (command + " --batch 0,1").split(" ")).exit());
  }

  @Test
  void theSpeedOfTrainingIsReportedAsJson(TrainedRun run) throws IOException {
    String sizes =
        "--size small --hidden-size 16 --length 4 --vocabulary 300 --warm-up 0 --seconds 0";
    String[] export =
        ("bench train --dropout 0 --export " + run.path("work") + " " + sizes).split(" ");
    assertEquals(0, InProcess.run("", export).exit());
    Result result =
        InProcess.run(
            "",
            ("bench train --workload " + run.path("work") + " --seconds 0 --warm-up 0 --json")
                .split(" "));
    assertEquals(0, result.exit(), result.err());
    JsonNode figures = new ObjectMapper().readTree(result.out());
    for (String key : List.of("tokensPerSecond", "msPerStep", "peakMemoryMb")) {
      assertTrue(figures.get(key).asDouble() > 0, key);
    }
    assertEquals(3, figures.get("losses").size());
    assertEquals(1, InProcess.run("", "bench", "train", "--size", "huge").exit());
  }
}
