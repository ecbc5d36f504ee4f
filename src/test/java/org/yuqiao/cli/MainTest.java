package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.SafeTensors;

/**
 * The program as users start it. What depends on the process (locale, signals, streams) runs as a
 * process in a locale that is not UTF-8, the rest in this JVM.
 */
class MainTest {
  /** Beam, batch, sentences per second of both, speed-up, two quartiles, identical translations. */
  private static final Pattern INT8_ROW =
      Pattern.compile(
          " +1 +(?:many|1) +([0-9.]+) +([0-9.]+) +[0-9.]+ +[0-9.]+ to [0-9.]+ +[0-5] of 5");

  @TempDir private static Path folder;

  /** The only training of most tests, as a process. */
  private static Result trained;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    TinyExperiment.write(
        folder,
        "e.yaml",
        "train: {minutes: 0, steps: 40, batchTokens: 200, validateMinutes: 0, validateSteps: 10}\n");
    trained = run("", "train", "e.yaml", "--out", "run");
    assertEquals(0, trained.exit(), trained.err());
  }

  /** The absolute path of a file or folder of the test, for commands in this process. */
  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Process start(String... arguments) throws IOException {
    return new ProgramProcess(folder).start(arguments);
  }

  private static Result run(String input, String... arguments)
      throws IOException, InterruptedException {
    return new ProgramProcess(folder).run(input, arguments);
  }

  @Test
  void trainingLeavesModelMetricsAndReport() throws IOException {
    assertTrue(trained.out().contains("我有999本书。"), trained.out());
    for (String file :
        List.of(
            "settings.yaml",
            "provenance.json",
            "model.safetensors",
            "metrics.jsonl",
            "report.md",
            "learning-curve.png",
            "tokenizer.zh.json",
            "tokenizer.en.json")) {
      assertTrue(Files.size(folder.resolve("run").resolve(file)) > 0, file);
    }
  }

  @Test
  void evaluationPrintsScoresAndSignatureAsJson() throws IOException {
    Result evaluated =
        InProcess.run(
            "", "evaluate", "--model", path("run"), "--test", path("valid.tsv"), "--json");
    JsonNode scores = new ObjectMapper().readTree(evaluated.out());
    for (String key : List.of("bleu", "chrf", "ter", "signature", "sentences", "seconds")) {
      assertTrue(scores.has(key), key);
    }
    assertTrue(scores.get("signature").asText().contains("tok:13a"));
  }

  @Test
  void aPairIsScoredTokenByToken() throws IOException {
    Result scored =
        InProcess.run("", "score-pairs", "--model", path("run"), path("valid.tsv"), "--json");
    JsonNode pair = new ObjectMapper().readTree(scored.out()).get("pairs").get(0);
    double sum = 0;
    for (JsonNode score : pair.get("scores")) {
      sum += score.asDouble();
    }
    assertEquals(sum, pair.get("logProbability").asDouble(), 1e-9);
    assertEquals("<eos>", pair.get("tokens").get(pair.get("tokens").size() - 1).asText());
  }

  @Test
  void nbestTranslationsHaveTheNumberOfTheirLine() {
    Result nbest = InProcess.run("我有12本书。\n", "translate", "--model", path("run"), "--nbest", "3");
    assertEquals(3, nbest.out().lines().filter(line -> line.startsWith("1\t")).count());
  }

  @Test
  void withoutArgumentsTheFirstStepsArePrinted() {
    Result result = InProcess.run("");
    assertEquals(0, result.exit());
    assertEquals(5, result.out().lines().count(), result.out());
    assertTrue(InProcess.run("", "--version").out().matches("Yuqiao \\d+\\.\\d+.*\\R"));
    assertEquals(2, InProcess.run("", "no-such-command").exit());
  }

  @Test
  void eachLineIsAnsweredBeforeTheNextIsWritten() throws IOException, InterruptedException {
    Process process = start("translate", "--model", "run", "--stream");
    try (OutputStream in = process.getOutputStream()) {
      for (int line = 1; line <= 3; line++) {
        in.write("我有12本书。\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (linesWritten() < line && System.nanoTime() < end) {
          Thread.sleep(50);
        }
        assertEquals(line, linesWritten());
        assertTrue(process.isAlive());
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
  }

  private long linesWritten() throws IOException {
    return Files.readString(folder.resolve("out.txt")).chars().filter(c -> c == '\n').count();
  }

  @Test
  void theInt8ModelTranslatesAlikeAndIsNotQuantizedAgain() throws IOException {
    Result made = InProcess.run("", "quantize", "--model", path("run"), "--out", path("small"));
    assertEquals(0, made.exit(), made.err());
    long before = Files.size(folder.resolve("run/model.safetensors"));
    assertTrue(Files.size(folder.resolve("small/model.safetensors")) < 0.5 * before);
    String input = "我有12本书。\n";
    Result expected = InProcess.run(input, "translate", "--model", path("run"), "--beam", "1");
    Result actual = InProcess.run(input, "translate", "--model", path("small"), "--beam", "1");
    assertEquals(expected.out(), actual.out(), actual.err());
    Result evaluated =
        InProcess.run(
            "", "evaluate", "--model", path("small"), "--test", path("valid.tsv"), "--json");
    assertEquals(0, evaluated.exit(), evaluated.err());
    Result again =
        InProcess.run("", "quantize", "--model", path("small"), "--out", path("smaller"));
    assertTrue(again.exit() == 1 && again.err().contains("already"), again.err());
    String beside =
        "bench translate --model "
            + path("small")
            + " --test "
            + path("valid.tsv")
            + " --compare-int8";
    Result refused = InProcess.run("", beside.split(" "));
    assertTrue(refused.exit() == 1 && refused.err().contains("int8 already"), refused.err());
  }

  @Test
  void explanationsAndAlignmentsComeLineByLine() throws IOException {
    String input = "我有12本书。\n\n" + "我有3本书。".repeat(40) + "\n";
    List<String> plain =
        InProcess.run(input, "translate", "--model", path("run"), "--beam", "2")
            .out()
            .lines()
            .toList();
    Result explained =
        InProcess.run(
            input,
            List.of(
                    "translate",
                    "--model",
                    path("run"),
                    "--beam",
                    "2",
                    "--explain",
                    "--alternatives",
                    "3")
                .toArray(String[]::new));
    assertEquals(0, explained.exit(), explained.err());
    List<String> lines = explained.out().lines().toList();
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertEquals(i + 1, line.get("line").asInt());
      assertEquals(plain.get(i), line.get("translation").asText());
      assertEquals(i == 2, line.get("sentences").size() > 1);
    }
    JsonNode sentence = new ObjectMapper().readTree(lines.get(0)).get("sentences").get(0);
    JsonNode cross = sentence.get("cross").get("weights").get(0).get(1);
    assertEquals(sentence.get("target").size(), cross.size());
    assertEquals(sentence.get("source").size(), cross.get(0).size());
    assertEquals(3, sentence.get("target").get(0).get("alternatives").size());
    assertEquals("kept", sentence.get("beam").get("nodes").get(0).get("status").asText());
    List<String> aligned =
        InProcess.run(input, "translate", "--model", path("run"), "--beam", "2", "--alignments")
            .out()
            .lines()
            .toList();
    assertEquals(plain.get(0), aligned.get(0).split(" \\|\\|\\| ")[0]);
    assertEquals(3, aligned.size());
  }

  @Test
  void int8IsComparedWithFloat32() {
    String command =
        "bench translate --model "
            + path("run")
            + " --test "
            + path("train.tsv")
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
  void interleavedBenchmarksTranslateOncePerLine() throws IOException {
    String command =
        "bench translate --model "
            + path("run")
            + " --test "
            + path("train.tsv")
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
  void targetEmbeddingsAreExported() throws IOException {
    Result exported =
        InProcess.run(
            "",
            "embed",
            "export",
            "--model",
            path("run"),
            "--side",
            "target",
            "--output",
            path("en.bin"));
    assertEquals(0, exported.exit(), exported.err());
    WordVectors tokens = WordVectorFile.read(folder.resolve("en.bin"));
    SafeTensors.Tensor matrix =
        SafeTensors.read(folder.resolve("run/model.safetensors")).get("decoder.embedding");
    assertArrayEquals(matrix.shape(), new long[] {tokens.size(), tokens.dimension()});
    int books = tokens.index("\u2581books").orElseThrow();
    assertArrayEquals(
        Arrays.copyOfRange(matrix.values(), books * 16, (books + 1) * 16), tokens.row(books));
  }

  /** Each odd line is hostile, each even one the same sentence. */
  @Test
  void hostileLinesAreAnsweredOneByOne() throws IOException, InterruptedException {
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
    Result result = run(input.toString(), "translate", "--model", "run", "--beam", "1");
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(2 * hostile.size(), lines.size());
    for (int i = 1; i < lines.size(); i += 2) {
      assertEquals(lines.get(1), lines.get(i));
    }
    assertEquals("", lines.get(4));
    assertEquals("", lines.get(6));
  }

  @Test
  void theSpeedOfTrainingIsReportedAsJson() throws IOException {
    String sizes =
        "--size small --hidden-size 16 --length 4 --vocabulary 300 --warm-up 0 --seconds 0";
    String[] export = ("bench train --dropout 0 --export " + path("work") + " " + sizes).split(" ");
    assertEquals(0, InProcess.run("", export).exit());
    Result result =
        InProcess.run(
            "",
            ("bench train --workload " + path("work") + " --seconds 0 --warm-up 0 --json")
                .split(" "));
    assertEquals(0, result.exit(), result.err());
    JsonNode figures = new ObjectMapper().readTree(result.out());
    for (String key : List.of("tokensPerSecond", "msPerStep", "peakMemoryMb")) {
      assertTrue(figures.get(key).asDouble() > 0, key);
    }
    assertEquals(3, figures.get("losses").size());
    assertEquals(1, InProcess.run("", "bench", "train", "--size", "huge").exit());
  }

  @Test
  void aRunThatWasKilledGoesOnFromItsLastCheckpoint() throws IOException, InterruptedException {
    Process process = start("train", "e.yaml", "--out", "killed", "--set", "train.steps=100000");
    Path checkpoints = folder.resolve("killed/checkpoints");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (complete(checkpoints) < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertTrue(complete(checkpoints) >= 2);
    // What the kill may have left of a checkpoint half written.
    Files.createDirectories(checkpoints.resolve("step-00099999.tmp"));
    Path settings = folder.resolve("killed/settings.yaml");
    String shorter = Files.readString(settings).replaceAll("steps: 100000", "steps: 60");
    Files.writeString(settings, shorter);
    Result resumed = run("", "train", "--resume", "killed");
    assertEquals(0, resumed.exit(), resumed.err());
    assertTrue(Files.exists(folder.resolve("killed/report.md")));
  }

  private static long complete(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.filter(path -> path.toString().matches(".*step-\\d+")).count();
    }
  }

  @Test
  void badInputIsMetWithOneSentenceAndExitCodeOne() throws IOException {
    Files.writeString(folder.resolve("bad.tsv"), "no tab\n");
    Files.writeString(folder.resolve("one.txt"), "a\n");
    Files.writeString(folder.resolve("two.txt"), "a\nb\n");
    List<List<String>> cases =
        List.of(
            List.of("train", "nothing.yaml"),
            List.of("train", path("e.yaml"), "--set", "train.minuts=1"),
            List.of("train", "--resume", "nothing"),
            List.of("translate", "--model", "nothing"),
            List.of("data", "check", path("bad.tsv")),
            List.of("score", "--hyp", path("one.txt"), "--ref", path("two.txt"), "--lang", "en"));
    for (List<String> arguments : cases) {
      Result result = InProcess.run("", arguments.toArray(new String[0]));
      assertEquals(1, result.exit(), arguments + ": " + result.err());
      assertEquals(1, result.err().lines().filter(l -> l.startsWith("yuqiao: ")).count());
      assertFalse(result.err().contains("\tat "), result.err());
      assertEquals("", result.out());
    }
  }
}
