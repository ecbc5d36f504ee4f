package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.SafeTensors;

/** The queries, run in this process. */
@ExtendWith(TrainedRun.Extension.class)
class EmbedCommandTest {
  @TempDir private Path folder;

  private String vectors;

  @BeforeEach
  void writeVectors() throws IOException {
    Path file = folder.resolve("v.txt");
    Files.writeString(file, "6 2\nking 3 1\nqueen 3 -1\nman 1 1\nwoman 1 -1\n国王 3 1.1\nsun -1 0\n");
    vectors = file.toString();
  }

  private static Result run(String... arguments) {
    return InProcess.run("", arguments);
  }

  private static JsonNode json(String... arguments) throws IOException {
    Result result = run(arguments);
    assertEquals(0, result.exit(), result.err());
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void neighborsAreNamedInTextAndJson() throws IOException {
    Result text = run("embed", "nearest", vectors, "king", "--count", "1");
    assertEquals(" 0.9996  国王\n", text.out());
    JsonNode json = json("embed", "nearest", vectors, "king", "sun", "--count", "2", "--json");
    assertEquals("国王", json.at("/king/0/word").asText());
    // king is (3, 1), queen (3, -1): 8 / 10.
    JsonNode similarity = json("embed", "similarity", vectors, "king", "queen", "--json");
    assertEquals(0.8, similarity.at("/pairs/0/similarity").asDouble(), 1e-6);
    JsonNode odd = json("embed", "odd-one-out", vectors, "king", "queen", "sun", "--json");
    assertEquals("sun", odd.at("/odd").asText());
  }

  /** Three hundred lines in which cats and dogs keep the same company. */
  private Path text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(i % 2 == 0 ? "the cat" : "the dog").append(" eats and sleeps at home\n");
      text.append("a fast train goes to the big city\n");
    }
    Path file = folder.resolve("text.txt");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void wordsOfBothLanguagesThatKeepCompanyLieTogether() throws IOException {
    List<String> chinese = List.of("猫抓", "狗叫", "鱼游", "鸟飞");
    List<String> english = List.of("cats scratch", "dogs bark", "fish swim", "birds fly");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append(chinese.get(i % 4)).append('\t').append(english.get(i % 4)).append('\n');
    }
    Path pairs = Files.writeString(folder.resolve("pairs.tsv"), text);
    String output = folder.resolve("both.txt").toString();
    String command =
        "embed train --algorithm skipgram --bilingual --segmentation character --sample 0 --dim 32"
            + " --epochs 100 --alpha 0.1 --threads 1 --input %s --output %s";
    Result trained = run(command.formatted(pairs, output).split(" "));
    assertEquals(0, trained.exit(), trained.err());
    JsonNode near = json("embed", "nearest", output, "猫", "鸟", "--count", "3", "--json");
    assertEquals(Set.of("cats", "scratch", "抓"), words(near.get("猫")));
    assertEquals(Set.of("birds", "fly", "飞"), words(near.get("鸟")));
  }

  private static Set<String> words(JsonNode neighbors) {
    Set<String> words = new HashSet<>();
    neighbors.forEach(neighbor -> words.add(neighbor.get("word").asText()));
    return words;
  }

  @Test
  void plainTextIsNoTextOfTwoLanguages() throws IOException {
    Path plain = folder.resolve("a.zh");
    Files.writeString(plain, "你好。\n");
    String command = "embed train --algorithm cbow --bilingual --output v --input " + plain;
    Result refused = run(command.split(" "));
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("holds sentences of one language"), refused.err());
  }

  @Test
  void vectorsAreLearntWrittenAndAsked() throws IOException {
    String output = folder.resolve("learnt.bin").toString();
    JsonNode json =
        json(
            "embed",
            "train",
            "--algorithm",
            "skipgram",
            "--input",
            text().toString(),
            "--dim",
            "16",
            "--threads",
            "1",
            "--sample",
            "0",
            "--epochs",
            "20",
            "--output",
            output,
            "--json");
    assertEquals(15, json.get("vocabulary").asInt());
    for (String key : new String[] {"wordsPerSecond", "seconds", "peakMemoryMb", "heldOutLoss"}) {
      assertTrue(json.get(key).asDouble() > 0, key);
    }
    JsonNode nearest = json("embed", "nearest", output, "cat", "--count", "1", "--json");
    assertEquals("dog", nearest.at("/cat/0/word").asText());
  }

  @Test
  void theAlgorithmsAreComparedInAReport() throws IOException {
    Path report = folder.resolve("report");
    Result result =
        run(
            "embed",
            "compare",
            "--input",
            text().toString(),
            "--dim",
            "8",
            "--threads",
            "1",
            "--seeds",
            "2",
            "--no-pictures",
            "--out",
            report.toString());
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains("| skip-gram |"), result.out());
    String written = Files.readString(report.resolve("report.md"));
    assertTrue(written.contains("two seeds of corrected CBOW"), written);
    assertTrue(Files.size(report.resolve("loss.png")) > 1000);
    assertTrue(Files.exists(report.resolve("cbow.txt")));
  }

  @Test
  void textWithoutWordsEnoughIsRefusedAndNothingIsWritten() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    Path output = Files.writeString(folder.resolve("old.txt"), "old");
    Result result =
        run(
            "embed",
            "train",
            "--algorithm",
            "cbow",
            "--input",
            empty.toString(),
            "--output",
            output.toString());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("at least two different words"), result.err());
    assertEquals("old", Files.readString(output));
  }

  @Test
  void analogiesAreAnsweredByBothMethods() throws IOException {
    for (String method : new String[] {"add", "multiply"}) {
      JsonNode json =
          json("embed", "analogy", vectors, "man", "woman", "king", "--method", method, "--json");
      assertEquals("queen", json.at("/answers/0/word").asText());
    }
  }

  @Test
  void evaluationGivesOneObjectBySection() throws IOException {
    Path questions = folder.resolve("q.txt");
    Files.writeString(questions, ": royal\nMan Woman King Queen\nman woman king emperor\n");
    Path pairs = folder.resolve("p.tsv");
    Files.writeString(pairs, "king\t国王\t10\nking\tqueen\t7\nking\tsun\t1\n");
    JsonNode json =
        json(
            "embed",
            "evaluate",
            vectors,
            "--analogies",
            questions.toString(),
            "--similarity",
            pairs.toString(),
            "--ignore-case",
            "--json");
    assertEquals("royal", json.at("/analogies/0/sections/0/name").asText());
    assertEquals(0.5, json.at("/analogies/0/sections/0/coverage").asDouble());
    assertEquals(1, json.at("/analogies/0/total/accuracyAdd").asDouble());
    assertEquals(1, json.at("/similarity/0/spearman").asDouble(), 1e-12);
    JsonNode first =
        json(
            "embed",
            "evaluate",
            vectors,
            "--analogies",
            questions.toString(),
            "--ignore-case",
            "--vocabulary",
            "3",
            "--json");
    assertEquals(0, first.at("/analogies/0/total/covered").asInt());
    assertEquals(2, run("embed", "evaluate", vectors).exit());
  }

  @Test
  void aPictureOfAListOfWordsIsDrawn() throws IOException {
    Path words = folder.resolve("words.txt");
    Files.writeString(words, "king queen\nman emperor\n");
    Path picture = folder.resolve("plot.png");
    Result result =
        run("embed", "plot", vectors, "--words", words.toString(), "--output", picture.toString());
    assertEquals(0, result.exit(), result.err());
    assertTrue(Files.size(picture) > 1000);
  }

  @Test
  void targetEmbeddingsAreExported(TrainedRun trained) throws IOException {
    Result exported =
        InProcess.run(
            "",
            "embed",
            "export",
            "--model",
            trained.path("run"),
            "--side",
            "target",
            "--output",
            trained.path("en.bin"));
    assertEquals(0, exported.exit(), exported.err());
    WordVectors tokens = WordVectorFile.read(trained.folder().resolve("en.bin"));
    SafeTensors.Tensor matrix =
        SafeTensors.read(trained.folder().resolve("run/model.safetensors"))
            .get("decoder.embedding");
    assertArrayEquals(matrix.shape(), new long[] {tokens.size(), tokens.dimension()});
    int books = tokens.index("\u2581books").orElseThrow();
    assertArrayEquals(
        Arrays.copyOfRange(matrix.values(), books * 16, (books + 1) * 16), tokens.row(books));
  }

  @Test
  void unknownWordsAndBrokenFilesAreMetWithOneSentence() throws IOException {
    Path broken = folder.resolve("broken.txt");
    Files.writeString(broken, "2 2\na 1 2\nb 1 NaN\n");
    String[][] cases = {
      {"embed", "nearest", vectors, "kings"},
      {"embed", "nearest", broken.toString(), "a"},
      {"embed", "nearest", folder.resolve("none.bin").toString(), "a"},
      {"embed", "analogy", vectors, "man", "woman", "emperor"},
      {"embed", "export", "--model", folder.toString(), "--side", "source", "--output", "x.txt"},
      {"embed", "plot", vectors, "--output", folder.resolve("plot.gif").toString()},
    };
    for (String[] arguments : cases) {
      Result result = run(arguments);
      assertEquals(1, result.exit(), String.join(" ", arguments));
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().startsWith("yuqiao: "), result.err());
      assertFalse(result.err().contains("\tat "), result.err());
      assertEquals("", result.out());
    }
    assertTrue(run(cases[0]).err().contains("similar words: 'king'"), run(cases[0]).err());
  }
}
