package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;

/** The commands of models that do not translate. */
class FamilyCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(
        folder,
        "e.yaml",
        """
        data.test: []
        subwords.vocabularySize: 300
        subwords.segmentation: character
        model.kind: encoder-only
        train: {minutes: 0, steps: 60, batchTokens: 200, validateMinutes: 0, averageCheckpoints: 1}
        optimizer: {schedule: constant, learningRate: 0.01, warmupSteps: 5}
        """);
  }

  private Result run(String input, String... arguments) throws IOException, InterruptedException {
    return new ProgramProcess(folder).run(input, arguments);
  }

  private Result done(String input, String... arguments) throws IOException, InterruptedException {
    Result result = run(input, arguments);
    assertEquals(0, result.exit(), result.err());
    return result;
  }

  @Test
  void aLanguageModelGoesOnWithTextAndListsWhatMayComeNext()
      throws IOException, InterruptedException {
    done("", "train", "e.yaml", "--set", "model.kind=decoder-only", "--out", "lm");
    Result evaluated = done("", "evaluate", "--model", "lm", "--test", "valid.tsv", "--json");
    assertTrue(JSON.readTree(evaluated.out()).has("perplexity-per-character"), evaluated.out());
    String[] generate = {
      "generate", "--model", "lm", "--prompt", "我有", "--seed", "7", "--count", "3"
    };
    String texts = done("", generate).out();
    assertEquals(3, texts.lines().filter(line -> line.startsWith("我有")).count(), texts);
    assertEquals(texts, done("", generate).out());
    Result greedy =
        done("", "generate", "--model", "lm", "--temperature", "0", "--length", "2147483647");
    assertEquals(1, greedy.out().lines().count());
    JsonNode next =
        JSON.readTree(done("", "next", "--model", "lm", "--prompt", "我", "--json").out())
            .get("next");
    assertEquals(10, next.size());
    assertEquals("有", next.get(0).get("token").asText());
    assertEquals(2, done("", "next", "--model", "lm", "--top", "2").out().lines().count());
    Result refused = run("你好\n", "translate", "--model", "lm");
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("model.kind is decoder-only"), refused.err());
    Result beam = run("", "evaluate", "--model", "lm", "--test", "valid.tsv", "--beam", "3");
    assertEquals(1, beam.exit());
    assertEquals(2, run("", "next", "--model", "lm", "--temperature", "0").exit());
    assertEquals(0, run("", "experiment", "show", "lm").exit());
  }

  @Test
  void labelsAreMadeLearntAndTold() throws IOException, InterruptedException {
    done("", "data", "label", "--task", "tagging", "--out", "labels", "train.tsv", "valid.tsv");
    String[] data = {"data.train=[labels/train.conll]", "data.valid=[labels/valid.conll]"};
    done(
        "",
        "train",
        "e.yaml",
        "--set",
        "task=tagging",
        "--set",
        data[0],
        "--set",
        data[1],
        "--out",
        "tags");
    Result tagged = done("我有书。\n\n", "tag", "--model", "tags", "--conll");
    assertTrue(tagged.out().startsWith("我\tS-r\n有\t"), tagged.out());
    assertEquals(2, done("我有书。\n\n", "tag", "--model", "tags").out().lines().count());
    done(
        "",
        "data",
        "label",
        "--task",
        "classification",
        "--out",
        "types",
        "train.tsv",
        "valid.tsv");
    String[] types = {"data.train=[types/train.tsv]", "data.valid=[types/valid.tsv]"};
    done(
        "",
        "train",
        "e.yaml",
        "--set",
        "task=classification",
        "--set",
        types[0],
        "--set",
        types[1],
        "--out",
        "types-run");
    Result classified = done("你有3本书吗\n我有3本书\n", "classify", "--model", "types-run");
    assertTrue(
        classified.out().matches("(?s)question\t[01]\\.\\d{4}\nstatement\t.*"), classified.out());
    Result evaluated =
        done("", "evaluate", "--model", "types-run", "--test", "types/valid.tsv", "--json");
    assertEquals(100, JSON.readTree(evaluated.out()).get("accuracy").asDouble());
    assertEquals(1, run("", "generate", "--model", "types-run").exit());
  }
}
