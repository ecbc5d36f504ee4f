package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.cli.ProgramProcess.Result;
import picocli.CommandLine;

/** Wrong usage ends with exit code 2 and a sentence before any file is read. */
class UsageTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Files.writeString(folder.resolve("hyp.txt"), "Hello there, world.\nGood bye.\n");
    Files.writeString(folder.resolve("other.txt"), "Hello.\nGood bye you.\n");
    Files.writeString(folder.resolve("ref.txt"), "Hello there, world.\nGood bye you.\n");
    Files.writeString(folder.resolve("short.txt"), "Hello.\n");
  }

  private static Result score(String... more) {
    String[] arguments = new String[7 + more.length];
    String[] common = {
      "score",
      "--hyp",
      folder.resolve("hyp.txt").toString(),
      "--ref",
      folder.resolve("ref.txt").toString(),
      "--lang",
      "en"
    };
    System.arraycopy(common, 0, arguments, 0, 7);
    System.arraycopy(more, 0, arguments, 7, more.length);
    return InProcess.run("", arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-such-command",
        "translate --no-such-option",
        "translate --beam many",
        "data check",
        "plot",
        "translate --explain --threads 4",
        "export --format pickle --model run --out folder",
        "export --format huggingface --int8 --model run --out folder",
        "export --format marian --quantize int8 --model run --out folder",
        "translate --prefix a --prefix-column",
        "translate --temperature 0.5",
        "translate --alternatives 3",
        "translate --explain --alignments",
        "tag --model none --conll --json",
        "generate --model none --temperature 0 --top-k 3",
        "generate --model none --temperature 0 --count 3",
        "bench train --workload none --size small",
        "bench train --export none --json",
        "bench translate --model none --test none --int8",
        "bench translate --size base --model none",
        "bench translate --size base --compare-int8 --json",
        "embed plot none --words none --count 5 --output v.png",
        "embed plot none --count 0 --output v.png",
        "embed train --input none --output v --algorithm skipgram --negative 5 --hierarchical-softmax",
        "embed train --input none --output v --algorithm skipgram --negative 0",
        "embed train --input none --output v --algorithm cbow --no-share-negatives",
        "embed train --input none --model v --algorithm cbow",
        "embed train --input none --model v --algorithm cbow --bilingual",
        "embed train --input none --output v --algorithm cbow --bilingual --column zh",
        "embed nearest none word --count 0",
        "embed analogy none a b c --count -5",
        "plot positions --positions 2147483647 --output p.png",
        "notebook --save",
        "heads --model none",
        "heads --model none --alignments none --beam 2",
        "train --resume none --set train.minutes=1",
      })
  void optionsWithoutEffectAndUnknownOnesAreRefused(String command) {
    Result result = InProcess.run("", command.split(" "));
    assertEquals(2, result.exit(), command + ": " + result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "translate --max-length-ratio NaN",
        "translate --length-penalty Infinity",
        "translate --sample --temperature NaN",
        "bench train --warm-up NaN",
        "models check --tolerance NaN",
        "embed train --input a --output v --algorithm cbow --alpha NaN",
        "plot softmax a=1 b=2 c=NaN --output s.png",
        "plot softmax a=1e308 b=2 --output s.png",
        "plot softmax a=1 b=2 --temperatures 1,NaN --output s.png",
        "experiment run none --minutes 1e999",
        "generate --model none --top-p nan",
      })
  void numbersMustBeFinite(String command) {
    Result result = InProcess.run("", command.split(" "));
    assertEquals(2, result.exit(), command + ": " + result.err());
    String problem = result.err().lines().findFirst().orElse("");
    assertTrue(
        problem.contains("is not a finite") || problem.contains("is not a number"), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          translate --beam 0 | --beam must be from 1 to 100, not 0
          translate --length-penalty -1 | --length-penalty must not be below 0, but is -1.0
          translate --min-length-ratio 9 | --min-length-ratio must be from 0 to --max-length-ratio, not 9.0
          translate --nbest -1 | --nbest must not be below 0, but is -1
          translate --sample --top-p 2 | --top-p must be above 0 and at most 1, not 2.0
          evaluate --model models/zh-en --test data/test.tsv --beam 101 | --beam must be from 1 to 100, not 101
          next --model none --top 0 | --top must be at least 1, not 0
          next --model none --temperature 0 | --temperature must be above 0, not 0.0
          generate --model none --length 0 | --length must be at least 1, not 0
          generate --model none --temperature -1 | --temperature must be above 0, not -1.0
          embed train --input a --output v --algorithm cbow --window 0 | --window must be from 1 to 65536, not 0
          embed train --input a --output v --algorithm cbow --bilingual --window 40000 | --window must be from 1 to 32768, not 40000
          bench train --seconds -1 | --warm-up and --seconds must not be below 0
          bench translate --model none --test none --repeat 0 | --repeat must be at least 1, not 0
          """)
  void valuesOutOfRangeAreWrongUsageAndNameTheOption(String command, String sentence) {
    Result result = InProcess.run("", command.split(" "));
    assertEquals(2, result.exit(), command + ": " + result.err());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "translate --model none --threads",
        "evaluate --model none --test none --threads",
        "classify --model none --threads",
        "score-pairs --model none none --threads",
        "bench embed --word2vec none --input none --threads",
        "embed train --input none --output v --algorithm cbow --threads",
      })
  void threadsHaveAnUpperEnd(String command) {
    for (String threads : new String[] {"100000", "-1"}) {
      Result result = InProcess.run("", (command + " " + threads).split(" "));
      assertEquals(2, result.exit(), command + ": " + result.err());
      assertTrue(result.err().contains("--threads must be"), result.err());
    }
  }

  @Test
  void aSecondSystemIsTestedInTextAndInJson() throws IOException {
    String other = folder.resolve("other.txt").toString();
    JsonNode json =
        new ObjectMapper().readTree(score("--against", other, "--json").out()).get("against");
    assertEquals(3, json.size());
    for (String key : new String[] {"score", "interval", "otherScore", "otherInterval", "pValue"}) {
      assertTrue(json.get("chrf").has(key), key);
    }
    String text = score("--against", other).out();
    assertEquals(3, text.lines().filter(line -> line.contains(", p = ")).count(), text);
    assertFalse(new ObjectMapper().readTree(score("--json").out()).has("against"));
    Result refused = score("--against", folder.resolve("short.txt").toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("has 2 lines, but"), refused.err());
  }

  @Test
  void vectorsThatDivergeAreNotWritten() throws IOException {
    Path text = folder.resolve("words.txt");
    Files.writeString(text, "the cat sat on the mat\n".repeat(10));
    Path vectors = folder.resolve("v.txt");
    String command = "embed train --algorithm skipgram --min-count 1 --threads 1 --alpha 1e30";
    String files = " --input " + text + " --output " + vectors;
    Result result = InProcess.run("", (command + files).split(" "));
    assertEquals(1, result.exit(), result.err());
    assertTrue(result.err().contains("training diverged"), result.err());
    assertFalse(Files.exists(vectors));
  }

  @Test
  void helpEndsWithTheExitCodes() {
    for (String command : new String[] {"--help", "translate --help", "data check --help"}) {
      String help = InProcess.run("", command.split(" ")).out();
      assertTrue(help.contains("Exit codes:\n  0     done\n"), help);
      assertTrue(help.endsWith("  130   interrupted (Ctrl-C)\n"), help);
    }
  }

  @Test
  void commandsThatDoNotRunAreDescribedAsThoseThatDo() {
    String help = Main.commandLine().getUsageMessage();
    assertEquals(help, Main.commandLineFor("--help").getUsageMessage());
    assertEquals(help, Main.commandLineFor("help", "plot").getUsageMessage());
    String plot = Main.commandLine().getSubcommands().get("plot").getUsageMessage();
    for (String[] arguments : new String[][] {{"plot"}, {"help", "plot"}, {"@arguments"}}) {
      CommandLine yuqiao = Main.commandLineFor(arguments);
      assertEquals(plot, yuqiao.getSubcommands().get("plot").getUsageMessage());
    }
  }

  @Test
  void helpAndVersionLoadNeitherNd4jNorLogging(@TempDir Path folder)
      throws IOException, InterruptedException {
    for (String argument : new String[] {"--help", "--version"}) {
      ProgramProcess process = new ProgramProcess(folder);
      Process started = process.start(ProgramProcess.command(List.of("-verbose:class"), argument));
      assertTrue(started.waitFor(60, TimeUnit.SECONDS));
      String loaded = Files.readString(folder.resolve("out.txt"));
      assertTrue(loaded.contains("org.yuqiao.cli.Main "), loaded);
      for (String absent : new String[] {"org.nd4j.", "org.bytedeco.", "ch.qos.logback."}) {
        assertFalse(loaded.contains("] " + absent), argument + " loads " + absent);
      }
    }
  }

  /** JDK 17 crashes when it archives them, and commands would start without the CDS archive. */
  @Test
  void noLambdaImplementsAnInterfaceOfPicocli() {
    CommandLine yuqiao = Main.commandLine();
    assertFalse(yuqiao.getExecutionStrategy().getClass().isHidden());
    assertFalse(yuqiao.getExecutionExceptionHandler().getClass().isHidden());
    assertFalse(yuqiao.getParameterExceptionHandler().getClass().isHidden());
  }

  @Test
  void argumentsAreShownWithoutTheirControlCharacters() {
    for (String argument : new String[] {"a\033[31m", "--a\nb"}) {
      Result result = InProcess.run("", argument);
      assertEquals(2, result.exit());
      assertTrue(result.err().contains(argument.contains("\n") ? "--a\\nb" : "a\\u001b[31m"));
      assertFalse(result.err().contains(argument), result.err());
    }
    Result path = InProcess.run("", "data", "check", "a\0.tsv");
    assertEquals(1, path.exit());
    assertTrue(path.err().contains("'a\\u0000.tsv' is not a path"), path.err());
    Result option = InProcess.run("", "score", "--hyp", "a\0", "--ref", "b", "--lang", "en");
    assertEquals(2, option.exit());
    assertTrue(option.err().contains("'a\\u0000' is not a path"), option.err());
  }
}
