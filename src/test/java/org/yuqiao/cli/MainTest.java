package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.SafeTensors;

/** The program as its users start it: a process of its own, in a locale that is not UTF-8. */
class MainTest {
  /** Beam, batch, sentences a second of both, the ratio, two quartiles, how many are the same. */
  private static final Pattern BESIDE_INTEGERS =
      Pattern.compile(
          " +1 +(?:many|1) +[0-9.]+ +[0-9.]+ +([0-9.]+) +([0-9.]+) to ([0-9.]+) +[0-5] of 5");

  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      train.append("我有").append(i).append("本书。\tI have ").append(i).append(" books.\n");
    }
    Files.writeString(folder.resolve("train.tsv"), train);
    Files.writeString(folder.resolve("valid.tsv"), "我有999本书。\tI have 999 books.\n");
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        data: {train: [train.tsv], valid: [valid.tsv], test: [valid.tsv]}
        subwords: {vocabularySize: 400}
        model: {hiddenSize: 16, feedForwardSize: 32, attention: {heads: 2}, encoderLayers: 1, decoderLayers: 1}
        train: {minutes: 0, steps: 40, batchTokens: 200, validateMinutes: 0, validateSteps: 10}
        """);
  }

  private Process start(String... arguments) throws IOException {
    return new ProgramProcess(folder).start(arguments);
  }

  private Result run(String input, String... arguments) throws IOException, InterruptedException {
    return new ProgramProcess(folder).run(input, arguments);
  }

  @Test
  void aModelIsTrainedEvaluatedAndTranslatesLineByLine() throws IOException, InterruptedException {
    Result trained = run("", "train", "e.yaml", "--out", "run");
    assertEquals(0, trained.exit(), trained.err());
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
    Result evaluated = run("", "evaluate", "--model", "run", "--test", "valid.tsv", "--json");
    JsonNode scores = new ObjectMapper().readTree(evaluated.out());
    for (String key : List.of("bleu", "chrf", "ter", "signature", "sentences", "seconds")) {
      assertTrue(scores.has(key), key);
    }
    assertTrue(scores.get("signature").asText().contains("tok:13a"));
    Result translated = run("我有12本书。\n\n我有\uFFFD。\n", "translate", "--model", "run");
    assertEquals(0, translated.exit(), translated.err());
    assertEquals(3, translated.out().lines().count());
    assertHostileLinesAreAnsweredOneByOne();
    Result scored = run("", "score-pairs", "--model", "run", "valid.tsv", "--json");
    JsonNode pair = new ObjectMapper().readTree(scored.out()).get("pairs").get(0);
    double sum = 0;
    for (JsonNode score : pair.get("scores")) {
      sum += score.asDouble();
    }
    assertEquals(sum, pair.get("logProbability").asDouble(), 1e-9);
    assertEquals("<eos>", pair.get("tokens").get(pair.get("tokens").size() - 1).asText());
    Result nbest = run("我有12本书。\n", "translate", "--model", "run", "--nbest", "3");
    assertEquals(3, nbest.out().lines().filter(line -> line.startsWith("1\t")).count());
    assertItsTokensAreExported();
    assertItsSpeedIsMeasuredBesideIntegers();
    assertItTranslatesOnceForEachLine();
    assertItExplainsLineByLine();
    assertItsIntegersTranslateToo();
    assertEachLineIsAnsweredBeforeTheNextIsWritten();
  }

  private void assertEachLineIsAnsweredBeforeTheNextIsWritten()
      throws IOException, InterruptedException {
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

  private void assertItsIntegersTranslateToo() throws IOException, InterruptedException {
    Result made = run("", "quantize", "--model", "run", "--out", "small");
    assertEquals(0, made.exit(), made.err());
    long before = Files.size(folder.resolve("run/model.safetensors"));
    assertTrue(Files.size(folder.resolve("small/model.safetensors")) < 0.5 * before);
    String input = "我有12本书。\n";
    Result expected = run(input, "translate", "--model", "run", "--beam", "1");
    Result actual = run(input, "translate", "--model", "small", "--beam", "1");
    assertEquals(expected.out(), actual.out(), actual.err());
    Result evaluated = run("", "evaluate", "--model", "small", "--test", "valid.tsv", "--json");
    assertEquals(0, evaluated.exit(), evaluated.err());
    Result again = run("", "quantize", "--model", "small", "--out", "smaller");
    assertTrue(again.exit() == 1 && again.err().contains("already"), again.err());
    String beside = "bench translate --model small --test valid.tsv --compare-int8";
    Result refused = run("", beside.split(" "));
    assertTrue(refused.exit() == 1 && refused.err().contains("int8 already"), refused.err());
  }

  private void assertItExplainsLineByLine() throws IOException, InterruptedException {
    String input = "我有12本书。\n\n" + "我有3本书。".repeat(40) + "\n";
    List<String> plain =
        run(input, "translate", "--model", "run", "--beam", "2").out().lines().toList();
    Result explained =
        run(
            input,
            List.of(
                    "translate",
                    "--model",
                    "run",
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
        run(input, "translate", "--model", "run", "--beam", "2", "--alignments")
            .out()
            .lines()
            .toList();
    assertEquals(plain.get(0), aligned.get(0).split(" \\|\\|\\| ")[0]);
    assertEquals(3, aligned.size());
  }

  private void assertItsSpeedIsMeasuredBesideIntegers() throws IOException, InterruptedException {
    String command = "bench translate --model run --test train.tsv --beam 1 --compare-int8";
    Result result = run("", (command + " --warm-up 0 --repeat 3 --limit 5").split(" "));
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(3, lines.size());
    for (String line : lines.subList(1, 3)) {
      Matcher row = BESIDE_INTEGERS.matcher(line);
      assertTrue(row.matches(), line);
      double ratio = Double.parseDouble(row.group(1));
      assertTrue(Double.parseDouble(row.group(2)) <= ratio, line);
      assertTrue(ratio <= Double.parseDouble(row.group(3)), line);
    }
    assertEquals(1, run("", (command + " --json").split(" ")).exit());
  }

  private void assertItTranslatesOnceForEachLine() throws IOException, InterruptedException {
    String command =
        "bench translate --model run --test train.tsv --beam 1 --warm-up 0 --interleaved";
    String[] one = (command + " --batch 0 --limit 5").split(" ");
    Result result = run("again\nagain\n", one);
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(4, lines.size(), result.out());
    assertEquals("ready", lines.get(0));
    for (String seconds : lines.subList(1, 3)) {
      assertTrue(Double.parseDouble(seconds) > 0, seconds);
    }
    JsonNode cell = new ObjectMapper().readTree(lines.get(3)).get("results").get(0);
    assertEquals(5, cell.get("sentences").asInt());
    Result idle = run("", one);
    assertEquals(1, idle.exit());
    assertTrue(idle.err().contains("no line on standard input"), idle.err());
    assertEquals(1, run("again\n", (command + " --batch 0,1").split(" ")).exit());
  }

  private void assertItsTokensAreExported() throws IOException, InterruptedException {
    Result exported =
        run("", "embed", "export", "--model", "run", "--side", "target", "--output", "en.bin");
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
  private void assertHostileLinesAreAnsweredOneByOne() throws IOException, InterruptedException {
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
  void theSpeedOfTrainingIsToldAsOneJsonObject() throws IOException, InterruptedException {
    String sizes =
        "--size small --hidden-size 16 --length 4 --vocabulary 300 --warm-up 0 --seconds 0";
    String[] export = ("bench train --dropout 0 --export work " + sizes).split(" ");
    assertEquals(0, run("", export).exit());
    Result result =
        run("", "bench train --workload work --seconds 0 --warm-up 0 --json".split(" "));
    assertEquals(0, result.exit(), result.err());
    JsonNode figures = new ObjectMapper().readTree(result.out());
    for (String key : List.of("tokensPerSecond", "msPerStep", "peakMemoryMb")) {
      assertTrue(figures.get(key).asDouble() > 0, key);
    }
    assertEquals(3, figures.get("losses").size());
    assertEquals(1, run("", "bench", "train", "--size", "huge").exit());
  }

  @Test
  void aRunThatWasKilledGoesOnFromItsLastCheckpoint() throws IOException, InterruptedException {
    Process process = start("train", "e.yaml", "--out", "run", "--set", "train.steps=100000");
    Path checkpoints = folder.resolve("run/checkpoints");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (complete(checkpoints) < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertTrue(complete(checkpoints) >= 2);
    // What the kill may have left of a checkpoint half written.
    Files.createDirectories(checkpoints.resolve("step-00099999.tmp"));
    Path settings = folder.resolve("run/settings.yaml");
    String shorter = Files.readString(settings).replaceAll("steps: 100000", "steps: 60");
    Files.writeString(settings, shorter);
    Result resumed = run("", "train", "--resume", "run");
    assertEquals(0, resumed.exit(), resumed.err());
    assertTrue(Files.exists(folder.resolve("run/report.md")));
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
  void badInputIsMetWithOneSentenceAndExitCodeOne() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("bad.tsv"), "no tab\n");
    Files.writeString(folder.resolve("one.txt"), "a\n");
    Files.writeString(folder.resolve("two.txt"), "a\nb\n");
    List<List<String>> cases =
        List.of(
            List.of("train", "nothing.yaml"),
            List.of("train", "e.yaml", "--set", "train.minuts=1"),
            List.of("train", "--resume", "nothing"),
            List.of("translate", "--model", "nothing"),
            List.of("data", "check", "bad.tsv"),
            List.of("score", "--hyp", "one.txt", "--ref", "two.txt", "--lang", "en"));
    for (List<String> arguments : cases) {
      Result result = run("", arguments.toArray(new String[0]));
      assertEquals(1, result.exit(), arguments + ": " + result.err());
      assertEquals(1, result.err().lines().filter(l -> l.startsWith("yuqiao: ")).count());
      assertFalse(result.err().contains("\tat "), result.err());
      assertEquals("", result.out());
    }
    assertNotEquals(0, run("", "no-such-command").exit());
  }
}
