package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.files.SafeTensors;

/**
 * Every command with imported models: one of Hugging Face's marian, and a student of Firefox
 * Translations, whose decoder has SSRUs.
 */
@Tag("slow")
class ImportedModelsTest {
  private static final Path MODELS = Path.of("src/test/resources/org/yuqiao/store/marian");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE = "我今天喜欢苹果\n";

  @TempDir private static Path folder;

  @BeforeAll
  static void importBoth() throws IOException {
    run("", "import", MODELS.resolve("shared").toString(), "--out", model("shared"));
    Path student = Files.createDirectory(folder.resolve("tiny"));
    for (String name : new String[] {"model.zhen.bin.gz", "vocab.zhen.spm.gz"}) {
      Files.copy(MODELS.resolve("student").resolve(name), student.resolve(name));
    }
    run("", "import", student.toString(), "--out", model("student"));
    writeCorpora();
  }

  /** Sentences whose order of words both models have to learn anew. */
  private static void writeCorpora() throws IOException {
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    for (String subject : List.of("我 I", "你 you", "他们 they")) {
      for (String time : List.of(" ", "今天 today")) {
        for (String verb : List.of("喜欢 like", "看见 see")) {
          for (String object : List.of("苹果 apples", "那只猫 that_cat", "茶 tea", "北京 Beijing")) {
            String[] s = subject.split(" ");
            String[] t = time.split(" ", 2);
            String[] v = verb.split(" ");
            String[] o = object.split(" ");
            String english = String.join(" ", t[1], o[1].replace('_', ' '), s[1], v[1]).strip();
            (train.size() % 5 == 4 && test.size() < train.size() / 5 ? test : train)
                .add(s[0] + t[0] + v[0] + o[0] + "\t" + english);
          }
        }
      }
    }
    Files.write(folder.resolve("train.tsv"), train);
    Files.write(folder.resolve("test.tsv"), test);
    Files.writeString(
        folder.resolve("gold.tsv"),
        "我 喜欢 苹果 ，\tI like apples ,\t0-0 1-1 2-2 3-3\n你 看见 ３ 龙\tyou see 3 dragons\t0-0 1-1 2-2 3p3\n");
  }

  private static String model(String name) {
    return folder.resolve(name).toString();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static String run(String input, String... arguments) {
    Result result = InProcess.run(input, arguments);
    assertEquals(0, result.exit(), () -> String.join(" ", arguments) + "\n" + result.err());
    return result.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "student"})
  void linesAreTranslatedSampledExplainedAndAligned(String name) throws IOException {
    String[] translate = {"translate", "--model", model(name)};
    String best = run(LINE, translate).strip();
    assertFalse(best.isEmpty());
    String listed = run(LINE, with(translate, "--nbest", "3", "--beam", "3"));
    assertEquals(3, listed.lines().count());
    List<String> samples = new ArrayList<>();
    for (String seed : List.of("1", "2", "3", "4")) {
      samples.add(run(LINE, with(translate, "--sample", "--temperature", "3", "--seed", seed)));
    }
    assertNotEquals(1, samples.stream().distinct().count());
    assertTrue(run(LINE, with(translate, "--alignments")).contains(" ||| "));
    JsonNode sentence =
        JSON.readTree(run(LINE, with(translate, "--explain"))).get("sentences").get(0);
    assertEquals(2, sentence.get("cross").get("weights").size());
    int selfAttention = name.equals("student") ? 0 : 2;
    assertEquals(selfAttention, sentence.get("decoderSelf").get("weights").size());
  }

  private static String[] with(String[] command, String... options) {
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "student"})
  void itScoresPairsBecomesInt8AndJoinsAnEnsemble(String name) {
    String test = file("test.tsv");
    String scored = run("", "score-pairs", "--model", model(name), test);
    assertTrue(
        scored.lines().allMatch(line -> line.startsWith("-") && line.contains("\t")), scored);
    String int8 = model(name + "-int8");
    run("", "quantize", "--model", model(name), "--out", int8);
    assertTrue(bleu(int8) >= 0);
    String ensemble = run(LINE, "translate", "--model", model(name), "--model", model(name));
    assertEquals(run(LINE, "translate", "--model", model(name)), ensemble);
    assertFalse(run(LINE, "translate", "--model", model(name), "--model", int8).isBlank());
  }

  private static double bleu(String model) {
    String scores = run("", "evaluate", "--model", model, "--test", file("test.tsv"), "--json");
    try {
      return JSON.readTree(scores).findValue("bleu").asDouble();
    } catch (IOException e) {
      throw new AssertionError(scores, e);
    }
  }

  @Test
  void twoModelsOfTheSameVocabulariesAreAnEnsemble() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (var files = Files.list(MODELS.resolve("shared"))) {
      for (Path file : files.toList()) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
    }
    Path weights = other.resolve("model.safetensors");
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(weights);
    float[] bias = tensors.get("final_logits_bias").values();
    for (int id = 0; id < bias.length; id++) {
      bias[id] += id % 7 * 0.3f;
    }
    SafeTensors.write(weights, tensors);
    run("", "import", other.toString(), "--out", model("second"));
    String pair = file("pair.tsv");
    Files.writeString(Path.of(pair), "我喜欢茶\tI like tea\n");
    double first = score(pair, model("shared"));
    double second = score(pair, model("second"));
    double both = score(pair, model("shared"), model("second"));
    assertNotEquals(first, second);
    assertTrue(both > Math.min(first, second), first + " " + second + " " + both);
    String together =
        run(LINE, "translate", "--model", model("shared"), "--model", model("second"));
    assertEquals(
        together, run(LINE, "translate", "--model", model("second"), "--model", model("shared")));
  }

  private static double score(String pair, String... models) {
    String[] command = {"score-pairs", pair};
    for (String model : models) {
      command = with(command, "--model", model);
    }
    return Double.parseDouble(run("", command).split("\t")[0]);
  }

  @Test
  void modelsOfOtherVocabulariesAreRefusedAsAnEnsemble() throws IOException {
    run("", "import", MODELS.resolve("separate").toString(), "--out", model("separate"));
    for (String other : List.of("separate", "student")) {
      Result result =
          InProcess.run(LINE, "translate", "--model", model("shared"), "--model", model(other));
      assertEquals(1, result.exit(), result.err());
      assertEquals(1, result.err().strip().lines().count(), result.err());
      assertTrue(result.err().contains("vocabular"), result.err());
      assertTrue(result.err().contains(other), result.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "student"})
  void headsAreSurveyedPrunedAndDrawn(String name) throws IOException {
    String survey = run("", "heads", "--model", model(name), "--alignments", file("gold.tsv"));
    assertTrue(survey.contains("encoder self-attention:"), survey);
    assertEquals(!name.equals("student"), survey.contains("decoder self-attention:"), survey);
    String pruned =
        run("", "heads", "--model", model(name), "--prune", file("test.tsv"), "--beam", "1");
    assertTrue(pruned.contains("all heads"), pruned);
    for (String kind : List.of("encoder", "decoder", "cross")) {
      String picture = file(name + kind + ".svg");
      Result drawn =
          InProcess.run(
              "",
              "plot",
              "attention",
              LINE.strip(),
              "--model",
              model(name),
              "--kind",
              kind,
              "--output",
              picture);
      boolean exists = !(name.equals("student") && kind.equals("decoder"));
      assertEquals(exists ? 0 : 1, drawn.exit(), drawn.err());
      assertEquals(exists, Files.exists(Path.of(picture)));
      assertFalse(drawn.err().contains("\tat "), drawn.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "student"})
  void fineTuningRaisesBleu(String name) throws IOException {
    Path experiment =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            start: {model: %1$s/%2$s}
            data: {train: [%1$s/train.tsv], valid: [%1$s/test.tsv], test: [%1$s/test.tsv]}
            train: {minutes: 0, steps: 150, batchTokens: 400, maxLength: 40, validateMinutes: 0, averageCheckpoints: 1}
            optimizer: {learningRate: 0.004}
            decode: {beamSize: 1}
            """
                .formatted(folder, name));
    double before = bleu(model(name));
    run("", "train", experiment.toString(), "--out", model(name + "-tuned"));
    double after = bleu(model(name + "-tuned"));
    assertTrue(after > before + 20, before + " " + after);
  }
}
