package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.cli.ProgramProcess.Result;
import org.yuqiao.experiment.Training;

class HeadsCommandTest {
  @TempDir private static Path folder;

  private static Path gold;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    Path experiment =
        TinyExperiment.write(
            folder,
            "tiny.yaml",
            """
            model.decoderLayers: 2
            train: {minutes: 0, steps: 3, validateMinutes: 0, averageCheckpoints: 1}
            decode: {beamSize: 1, maxLengthRatio: 1.0}
            """);
    run = Training.run(experiment, folder.resolve("run"), message -> {}).path();
    gold =
        Files.writeString(folder.resolve("gold.tsv"), "我 有 书 。\tI have books .\t0-0 1-1 2-2 3-3\n");
  }

  private static Result heads(String... options) {
    List<String> arguments = new ArrayList<>(List.of("heads", "--model", run.toString()));
    arguments.addAll(List.of(options));
    return InProcess.run("", arguments.toArray(String[]::new));
  }

  @Test
  void theSurveyHasATableForEachKindAndTheErrorRateOfEachHead() {
    Result result = heads("--alignments", gold.toString());
    assertEquals(0, result.exit(), result::err);
    for (String title :
        List.of("encoder self-attention:", "decoder self-attention:", "cross-attention:")) {
      assertTrue(result.out().contains(title), result::out);
    }
    assertTrue(result.out().contains("    1 mean"), result::out);
    assertEquals(
        1, result.out().lines().filter(line -> line.contains("translate --alignments")).count());
  }

  @Test
  void theJsonHasSurveyAndPruningOfAllHeads() throws IOException {
    String corpus = folder.resolve("valid.tsv").toString();
    Result result =
        heads("--alignments", gold.toString(), "--prune", corpus, "--beam", "2", "--json");
    assertEquals(0, result.exit(), result::err);
    JsonNode object = new ObjectMapper().readTree(result.out());
    // One encoder layer and two decoder layers with two kinds of attention, two heads each.
    assertEquals(10, object.get("heads").size());
    assertEquals(6, object.get("alignments").size());
    assertEquals(1, object.get("alignedLayer").intValue());
    JsonNode pruning = object.get("pruning");
    assertEquals(10, pruning.get("without").size());
    assertTrue(pruning.get("perplexity").doubleValue() > 1);
    boolean counts = false;
    for (JsonNode head : pruning.get("without")) {
      counts |= head.get("perplexity").doubleValue() != pruning.get("perplexity").doubleValue();
    }
    assertTrue(counts);
  }

  @Test
  void thePruningAloneIsATableWithTheWholeModelFirst() {
    Result result = heads("--prune", folder.resolve("valid.tsv").toString());
    assertEquals(0, result.exit(), result::err);
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.get(2).startsWith("all heads"), result::out);
    assertEquals(3 + 10 + 1, lines.size(), result::out);
  }

  @Test
  void thePageHasTheMeasuredPartBetweenItsMarksAndAllFiguresBesideIt() throws IOException {
    String text =
        "# Heads\n<!-- heads: written by ./yuqiao heads --page -->\nold\n<!-- /heads -->\nend\n";
    Path page = Files.writeString(folder.resolve("page.md"), text);
    String corpus = folder.resolve("valid.tsv").toString();
    Result result =
        heads("--alignments", gold.toString(), "--prune", corpus, "--page", page.toString());
    assertEquals(0, result.exit(), result::err);
    String written = Files.readString(page);
    assertTrue(written.startsWith("# Heads\n<!-- heads"), written);
    assertTrue(written.endsWith("<!-- /heads -->\nend\n"), written);
    assertTrue(!written.contains("\nold\n"), written);
    String table = Files.readString(folder.resolve("run.txt"));
    String rate = row(table, "    1 mean").split(" +")[3];
    assertTrue(row(written, "| mean of layer 1 ").startsWith("| mean of layer 1 | " + rate + " ("));
    assertTrue(row(written, "| run, cross-attention |").startsWith("| run, cross-attention | 4 |"));
    String whole = row(table, "all heads").split(" +")[2];
    assertEquals("| BLEU of the whole model | " + whole + " |", row(written, "| BLEU of"));
    assertTrue(Files.size(folder.resolve("run.png")) > 0);
  }

  private static String row(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void aPageWithoutMarksAndSeveralModelsWithoutAPageAreRefused() throws IOException {
    Path page = Files.writeString(folder.resolve("bare.md"), "# Heads\n");
    String[] options = {
      "--alignments", gold.toString(), "--prune", folder.resolve("valid.tsv").toString(), "--page"
    };
    List<String> all = new ArrayList<>(List.of(options));
    all.add(page.toString());
    Result bare = heads(all.toArray(String[]::new));
    assertEquals(1, bare.exit());
    assertTrue(bare.err().contains("bare.md: expected the lines \"<!-- heads"), bare::err);
    Result several = heads("--model", run.toString(), "--alignments", gold.toString());
    assertEquals(2, several.exit());
    assertTrue(several.err().contains("several models need --page"), several::err);
  }

  @Test
  void anAlignmentOfOtherWordsEndsWithASentence() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.tsv"), "我\tI\t0-1\n");
    Result result = heads("--alignments", bad.toString());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("line 1: link 0-1 leads nowhere"), result::err);
  }
}
