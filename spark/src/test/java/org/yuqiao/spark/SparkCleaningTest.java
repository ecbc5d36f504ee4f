package org.yuqiao.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.cli.cluster.CleaningJob;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CleaningCounts;
import org.yuqiao.corpus.clean.CorpusCheck;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;

/** Cleaning on a cluster gives the folder and the report of one machine, byte for byte. */
class SparkCleaningTest {
  private static final int PAIRS = 6000;
  private static final int PER_SHARD = 900;
  private static final int BLOCK = 40_000;

  @TempDir private Path folder;

  private List<String> corpora;
  private List<String> heldOut;

  @BeforeEach
  void makeCorpora() throws IOException {
    List<String> lines = lines();
    Path tsv = folder.resolve("a.tsv");
    Files.writeString(tsv, "\uFEFF" + String.join("\n", lines.subList(0, 3000)));
    Path gz = folder.resolve("b.tsv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      String text = "zh\ten\n" + String.join("\r\n", lines.subList(3000, 4500)) + "\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Path jsonl = folder.resolve("c.jsonl");
    Files.write(
        jsonl,
        lines.subList(4500, PAIRS).stream()
            .map(line -> line.split("\t", -1))
            .map(pair -> "{\"zh\": \"" + pair[0] + "\", \"en\": \"" + pair[1] + "\"}\n")
            .toList());
    corpora = Stream.of(tsv, gz, jsonl).map(Path::toString).toList();
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "这是第５个句子。\tSomething else.\n");
    heldOut = List.of(test.toString());
  }

  /** Repeated pairs, empty and untranslated sides, a carriage return within a line. */
  private static List<String> lines() {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      int n = random.nextInt(PAIRS / 2);
      lines.add(
          switch (i % 20) {
            case 3 -> "这是第" + n + "个句子。\t";
            case 7 -> "hello\thello";
            case 11 -> "這是第" + n + "個\u2028句子。\tThis is  sentence " + n + ".";
            default -> "这是第" + n + "个句子。\tThis is sentence " + n + ".";
          });
    }
    return lines;
  }

  private CleaningJob job() {
    return new CleaningJob(corpora, Optional.empty(), CorpusSettings.DEFAULT, heldOut);
  }

  private CleaningCounts cleanHere(Path out) {
    return CleanedShards.write(
        corpora.stream().map(CorpusFiles::new).toList(),
        Cleaning.of(CorpusSettings.DEFAULT, heldOut),
        out,
        PER_SHARD,
        done -> {});
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }

  private void assertCleansAsHere(ClusterSettings cluster) throws IOException {
    CleaningCounts here = cleanHere(folder.resolve("here"));
    CleaningCounts there =
        new SparkEngine().clean(cluster, job(), folder.resolve("there").toString(), PER_SHARD);
    assertEquals(here.totals(), there.totals());
    assertTrue(
        Stream.of("empty-side", "held-out-overlap", "wrong-script", "duplicate-pair")
            .allMatch(here.totals()::contains),
        here.totals());
    assertEquals(content(folder.resolve("here")), content(folder.resolve("there")));
  }

  @Test
  void threadsWriteTheFolderOfOneMachine() throws IOException {
    assertCleansAsHere(Clusters.threads(BLOCK));
    assertEquals(2 + (PAIRS + PER_SHARD - 1) / PER_SHARD, content(folder.resolve("there")).size());
  }

  @Test
  void processesWriteTheFolderOfOneMachineThoughOneIsKilled() throws Exception {
    Thread killer = Clusters.killOneWhen(() -> Files.exists(folder.resolve("there")));
    assertCleansAsHere(Clusters.processes(BLOCK));
    assertFalse(killer.isAlive(), "no executor was killed");
  }

  @Test
  void aFolderOfShardsIsCleanedAsOnOneMachine() throws IOException {
    Path first = folder.resolve("first");
    cleanHere(first);
    corpora = List.of(first.toString());
    cleanHere(folder.resolve("here"));
    new SparkEngine()
        .clean(Clusters.threads(BLOCK), job(), folder.resolve("there").toString(), PER_SHARD);
    assertEquals(content(folder.resolve("here")), content(folder.resolve("there")));
    Files.delete(first.resolve("_SUCCESS"));
    assertEquals(
        first
            + " is a folder without _SUCCESS; expected a file, or a folder that data clean --out"
            + " has finished",
        refusal(job(), folder.resolve("refused").toString()));
  }

  @Test
  void aCheckReportsDroppedPairsInOrder() {
    List<String> here = new ArrayList<>();
    CorpusCheck check = new CorpusCheck(CorpusSettings.DEFAULT, heldOut);
    corpora.forEach(corpus -> check.run(new CorpusFiles(corpus), here::add, done -> {}));
    List<String> there = new ArrayList<>();
    CleaningCounts counts = new SparkEngine().check(Clusters.threads(BLOCK), job(), there::add);
    assertEquals(check.totals(), counts.totals());
    assertFalse(here.isEmpty());
    assertEquals(here, there);
  }

  @Test
  void patternsAreFilesInOrder() {
    CleaningJob pattern =
        new CleaningJob(
            List.of(folder + "/[abc].*"), Optional.empty(), CorpusSettings.DEFAULT, heldOut);
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    new SparkEngine().check(Clusters.threads(BLOCK), job(), expected::add);
    new SparkEngine().check(Clusters.threads(BLOCK), pattern, found::add);
    assertEquals(expected, found);
  }

  private String refusal(CleaningJob job, String out) {
    return assertThrows(
            InvalidInputException.class,
            () -> new SparkEngine().clean(Clusters.threads(BLOCK), job, out, PER_SHARD))
        .getMessage();
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    String out = folder.resolve("out").toString();
    Path bad = folder.resolve("bad.tsv");
    Files.write(bad, "你好。\tHello.\n再见。\t\n".getBytes(StandardCharsets.UTF_8));
    Files.write(
        bad, new byte[] {'a', '\t', (byte) 0xFF, '\n'}, java.nio.file.StandardOpenOption.APPEND);
    corpora = List.of(bad.toString());
    assertEquals(bad + ", line 3: not valid UTF-8", refusal(job(), out));
    corpora = List.of(folder + "/none*.tsv");
    assertEquals("there is no file " + folder + "/none*.tsv", refusal(job(), out));
    corpora = List.of(heldOut.get(0));
    assertEquals(
        "all 1 pairs of " + heldOut.get(0) + " were dropped: 1 held-out-overlap; see data check",
        refusal(job(), out));
    corpora = List.of(folder + "/a.tsv");
    Files.writeString(Files.createDirectories(Path.of(out)).resolve("mine.txt"), "");
    assertEquals(out + " is not empty; choose another folder", refusal(job(), out));
    CleaningJob near =
        new CleaningJob(
            corpora, Optional.empty(), CorpusSettings.DEFAULT.withNearDuplicates(0.1), heldOut);
    assertTrue(refusal(near, out).contains("needs one machine"));
  }
}
