package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuqiao.cli.ProgramProcess.Result;

/** Translations of standard input, line by line. */
@ExtendWith(TrainedRun.Extension.class)
class TranslateCommandTest {
  @Test
  void nbestTranslationsHaveTheNumberOfTheirLine(TrainedRun run) {
    Result nbest =
        InProcess.run("我有12本书。\n", "translate", "--model", run.path("run"), "--nbest", "3");
    assertEquals(3, nbest.out().lines().filter(line -> line.startsWith("1\t")).count());
  }

  @Test
  void eachLineIsAnsweredBeforeTheNextIsWritten(TrainedRun run)
      throws IOException, InterruptedException {
    Process process = run.process().start("translate", "--model", "run", "--stream");
    try (OutputStream in = process.getOutputStream()) {
      for (int line = 1; line <= 3; line++) {
        in.write("我有12本书。\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (linesWritten(run) < line && System.nanoTime() < end) {
          Thread.sleep(50);
        }
        assertEquals(line, linesWritten(run));
        assertTrue(process.isAlive());
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }

  private static long linesWritten(TrainedRun run) throws IOException {
    return Files.readString(run.folder().resolve("out.txt")).chars().filter(c -> c == '\n').count();
  }

  @Test
  void explanationsAndAlignmentsComeLineByLine(TrainedRun run) throws IOException {
    String input = "我有12本书。\n\n" + "我有3本书。".repeat(40) + "\n";
    List<String> plain =
        InProcess.run(input, "translate", "--model", run.path("run"), "--beam", "2")
            .out()
            .lines()
            .toList();
    Result explained =
        InProcess.run(
            input,
            "translate",
            "--model",
            run.path("run"),
            "--beam",
            "2",
            "--explain",
            "--alternatives",
            "3");
    assertEquals(0, explained.exit(), explained.err());
    List<String> lines = explained.out().lines().toList();
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertEquals(i + 1, line.get("line").asInt());
      assertEquals(plain.get(i), line.get("translation").asText());
      assertEquals(i == 2, line.get("sentences").size() > 1);
    }
    assertExplained(new ObjectMapper().readTree(lines.get(0)).get("sentences").get(0));
    List<String> aligned =
        InProcess.run(input, "translate", "--model", run.path("run"), "--beam", "2", "--alignments")
            .out()
            .lines()
            .toList();
    assertEquals(plain.get(0), aligned.get(0).split(" \\|\\|\\| ")[0]);
    assertEquals(3, aligned.size());
  }

  private static void assertExplained(JsonNode sentence) {
    JsonNode cross = sentence.get("cross").get("weights").get(0).get(1);
    assertEquals(sentence.get("target").size(), cross.size());
    assertEquals(sentence.get("source").size(), cross.get(0).size());
    assertEquals(3, sentence.get("target").get(0).get("alternatives").size());
    assertEquals("kept", sentence.get("beam").get("nodes").get(0).get("status").asText());
  }

  /** Each odd line is hostile, each even one the same sentence. */
  @Test
  void hostileLinesAreAnsweredOneByOne(TrainedRun run) throws IOException, InterruptedException {
    List<String> hostile =
        List.of(
            "好".repeat(20_000),
            "😀🎉".repeat(300),
            "     ",
            "",
            "\u0000\u0000",
            "مرحبا بالعالم",
            "a'b".repeat(5000),
            "a\rb\u2028c");
    StringBuilder input = new StringBuilder();
    hostile.forEach(line -> input.append(line).append("\n我有12本书。\n"));
    Result result =
        run.process().run(input.toString(), "translate", "--model", "run", "--beam", "1");
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(2 * hostile.size(), lines.size());
    for (int i = 1; i < lines.size(); i += 2) {
      assertEquals(lines.get(1), lines.get(i));
    }
    assertEquals("", lines.get(4));
    assertEquals("", lines.get(6));
  }
}
