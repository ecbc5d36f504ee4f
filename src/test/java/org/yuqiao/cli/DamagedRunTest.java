package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunLock;

/** Runs that diverged, are damaged, in use or cannot be written: one sentence, exit code 1. */
class DamagedRunTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    TinyExperiment.write(
        folder,
        "e.yaml",
        "train: {minutes: 0, steps: 4, batchTokens: 200, validateMinutes: 0, validateSteps: 2}\n");
    Result trained = new ProgramProcess(folder).run("", "train", "e.yaml", "--out", "run");
    assertEquals(0, trained.exit(), trained.err());
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String refusal(String... arguments) {
    Result result = InProcess.run("我有12本书。\n", arguments);
    String command = String.join(" ", arguments) + ": " + result.err();
    assertEquals(1, result.exit(), command);
    assertEquals("", result.out());
    assertFalse(result.err().contains("\tat "), command);
    List<String> sentences =
        result.err().lines().filter(line -> line.startsWith("yuqiao: ")).toList();
    assertEquals(1, sentences.size(), command);
    return sentences.get(0);
  }

  /** A copy of the trained run. */
  private static Path copy(String name) throws IOException {
    Path source = folder.resolve("run");
    Path target = folder.resolve(name);
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(source)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path to = target.resolve(source.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(to);
      } else {
        Files.copy(path, to);
      }
    }
    return target;
  }

  @Test
  void aModelThatIsNotFiniteIsRefusedByEveryCommand() throws IOException {
    Path weights = copy("nan").resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(weights, bytes);
    List<String[]> commands =
        List.of(
            new String[] {"translate", "--model", path("nan")},
            new String[] {"evaluate", "--model", path("nan"), "--test", path("valid.tsv")},
            new String[] {"score-pairs", "--model", path("nan"), path("valid.tsv")},
            new String[] {"quantize", "--model", path("nan"), "--out", path("nan8")},
            new String[] {"export", "--model", path("nan"), "--out", path("nan-export")},
            new String[] {"experiment", "compare", path("nan"), "--out", path("nan-report")});
    for (String[] command : commands) {
      String sentence = refusal(command);
      assertTrue(sentence.contains("holds NaN or infinity"), sentence);
    }
    assertFalse(Files.exists(folder.resolve("nan8")));
    assertFalse(Files.exists(folder.resolve("nan-export")));
  }

  @Test
  void aRunWhoseValidationDivergedIsNotCompared() throws IOException {
    Path metrics = copy("diverged").resolve("metrics.jsonl");
    String text = Files.readString(metrics).replaceAll("\"loss\":[0-9.]+", "\"loss\":\"NaN\"");
    Files.writeString(metrics, text);
    String sentence = refusal("experiment", "compare", path("diverged"), "--out", path("r"));
    assertTrue(sentence.contains("validation loss at step 2 is not finite"), sentence);
  }

  @Test
  void trainingThatDivergesInItsLastStepFails() throws IOException {
    String[] command =
        ("train --set train.steps=1 --set optimizer.schedule=constant"
                + " --set optimizer.learningRate=1e30 --set optimizer.maxGradNorm=0"
                + " --set optimizer.warmupSteps=0 --set optimizer.warmupRatio=0 --out")
            .split(" ");
    List<String> arguments = new ArrayList<>(Arrays.asList(command));
    arguments.addAll(List.of(path("diverging"), path("e.yaml")));
    String corpora = "data.%s=[" + path("%s.tsv") + "]";
    for (String[] corpus : new String[][] {{"train", "train"}, {"valid", "valid"}}) {
      arguments.addAll(List.of("--set", corpora.formatted(corpus[0], corpus[1])));
    }
    arguments.addAll(List.of("--set", corpora.formatted("test", "valid")));
    String sentence = refusal(arguments.toArray(new String[0]));
    assertTrue(sentence.contains("training diverged"), sentence);
    assertTrue(Files.readString(folder.resolve("diverging/failure.txt")).contains("diverged"));
    assertFalse(Files.exists(folder.resolve("diverging/model.safetensors")));
  }

  @Test
  void damagedProgressIsDescribedInWords() throws IOException {
    Path progress = copy("damaged").resolve("checkpoints/step-00000004/progress.json");
    String whole = Files.readString(progress);
    List<String[]> damages =
        List.of(
            new String[] {"", "progress.json is damaged: it is empty"},
            new String[] {whole.substring(0, 40), "it ends before it is complete"},
            new String[] {whole.replaceFirst("\"step\" : 4,", ""), "there is no key 'step'"},
            new String[] {
              whole.replaceFirst("\"step\" : 4", "\"step\" : -4"), "'step' cannot be -4"
            },
            new String[] {whole.replaceFirst("\"step\" : 4", "\"step\" : \"x\""), "key 'step'"},
            new String[] {whole.replace("\"epoch\"", "epoch"), "line 3: it is not well-formed"});
    for (String[] damage : damages) {
      Files.writeString(progress, damage[0]);
      Result result =
          InProcess.run("", "train", "--resume", damagedWithAbsoluteCorpora().toString());
      assertEquals(1, result.exit(), result.err());
      assertTrue(result.err().contains(damage[1]), damage[1] + " in " + result.err());
      assertFalse(result.err().matches("(?s).*(REDACTED|fasterxml|FAIL_ON|\tat ).*"), result.err());
    }
  }

  /** The settings name corpora by relative paths, but tests run elsewhere. */
  private static Path damagedWithAbsoluteCorpora() throws IOException {
    Path run = folder.resolve("damaged");
    Path settings = run.resolve("settings.yaml");
    String text = Files.readString(settings);
    Files.writeString(
        settings, text.replaceAll("- \"(train|valid)\\.tsv\"", "- \"" + folder + "/$1.tsv\""));
    return run;
  }

  @Test
  void aRunThatAnotherProcessTrainsIsRefused() throws IOException {
    copy("busy");
    RunLock held = RunLock.take(new RunFolder(folder.resolve("busy")));
    try {
      String sentence = refusal("train", "--resume", path("busy"));
      assertTrue(sentence.endsWith("is being trained by another process"), sentence);
    } finally {
      held.close();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithTheReason() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    List<String[]> commands =
        List.of(
            new String[] {"train", path("e.yaml"), "--out", path("file/run")},
            new String[] {"train", path("e.yaml"), "--out", "/proc/no/run"},
            new String[] {"quantize", "--model", path("run"), "--out", path("file/int8")},
            new String[] {"data", "convert", path("train.tsv"), path("file/a.jsonl")});
    for (String[] command : commands) {
      String target = command[command.length - 1];
      String sentence = refusal(command);
      assertTrue(sentence.matches("yuqiao: cannot .*" + target + ": [^/]+"), sentence);
    }
  }

  @Test
  void pairsThatCannotBeScoredAreMarkedAndTheOthersScored() throws IOException {
    Path corpus = folder.resolve("pairs.tsv");
    Files.writeString(
        corpus,
        "我有999本书。\tI have 999 books.\n\tHello.\n我有1本书。\t\n我有2本书。\t" + "a ".repeat(999) + "\n");
    String[] command = {"score-pairs", "--model", path("run"), corpus.toString()};
    Result result = InProcess.run("", command);
    assertEquals(0, result.exit(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals(4, lines.size(), result.out());
    assertTrue(lines.get(0).matches("-\\d+\\.\\d{4}\t.*"), lines.get(0));
    assertEquals("-\tthe source is empty", lines.get(1));
    assertTrue(lines.get(2).matches("-\\d+\\.\\d{4}\t<eos> .*"), lines.get(2));
    assertTrue(lines.get(3).matches("-\t.* but the model reads \\d+ at most"), lines.get(3));
    assertTrue(result.err().contains("pairs.tsv, line 2: the source is empty"), result.err());
    assertTrue(result.err().endsWith("yuqiao: 2 of 4 pairs were not scored\n"), result.err());
    String[] withJson = Arrays.copyOf(command, 5);
    withJson[4] = "--json";
    JsonNode json = new ObjectMapper().readTree(InProcess.run("", withJson).out());
    assertEquals(2, json.get("notScored").asInt());
    assertEquals("the source is empty", json.get("pairs").get(1).get("notScored").asText());
    assertTrue(json.get("perplexity").asDouble() > 1);
    Files.writeString(corpus, "\tHello.\n");
    assertFalse(new ObjectMapper().readTree(InProcess.run("", withJson).out()).has("perplexity"));
  }
}
