package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;

class CorpusStatisticsTest {
  @TempDir private Path folder;

  private CorpusFiles corpus(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, String.join("\n", lines) + "\n");
    return new CorpusFiles(file.toString());
  }

  private static List<String> figures(CorpusStatistics statistics) {
    return statistics.toText().lines().map(line -> line.replaceAll(" {2,}", " ")).toList();
  }

  @Test
  void pairsLengthsAndDifferentCharactersAndWordsAreCounted() throws IOException {
    CorpusStatistics statistics = new CorpusStatistics();
    AtomicLong progress = new AtomicLong();
    statistics.add(
        corpus("a.tsv", "你好你。\tHello, hello  \"You\"!", "我學習。\tI study."), progress::addAndGet);
    statistics.add(corpus("b.tsv", "你好你。\tHello, hello  \"You\"!"), progress::addAndGet);
    assertEquals(3, progress.get());
    assertEquals(
        List.of(
            "pairs 3",
            "duplicates 1",
            "with traditional 1",
            "Han characters 9 (5 different)",
            "English words 8 (4 different)",
            "Han characters a line 5 %: 3, 25 %: 3, 50 %: 3, 75 %: 3, 95 %: 3, 100 %: 3",
            "English words a line 5 %: 2, 25 %: 2, 50 %: 3, 75 %: 3, 95 %: 3, 100 %: 3"),
        figures(statistics));
  }

  @Test
  void percentilesAreLengthsThatSoManyLinesDoNotExceed() throws IOException {
    String[] lines = new String[100];
    for (int i = 0; i < 100; i++) {
      lines[i] = "好".repeat(i + 1) + "\t" + "a ".repeat(i == 99 ? 2000 : 1);
    }
    CorpusStatistics statistics = new CorpusStatistics();
    statistics.add(corpus("a.tsv", lines), pair -> {});
    List<String> figures = figures(statistics);
    assertEquals(
        "Han characters a line 5 %: 5, 25 %: 25, 50 %: 50, 75 %: 75, 95 %: 95, 100 %: 100",
        figures.get(5));
    assertTrue(figures.get(6).endsWith("95 %: 1, 100 %: 1000"), figures.get(6));
  }

  @Test
  void anEmptyCorpusHasFiguresToo() {
    assertEquals("pairs 0", figures(new CorpusStatistics()).get(0));
    assertTrue(figures(new CorpusStatistics()).get(5).endsWith("100 %: 0"));
  }

  @Test
  void aSetOfHashesGrowsAndForgetsNothing() {
    HashedSet set = new HashedSet();
    for (int i = 0; i < 20_000; i++) {
      assertFalse(set.contains("text " + i));
      assertTrue(set.add("text " + i));
    }
    for (int i = 0; i < 20_000; i++) {
      assertTrue(set.contains("text " + i));
      assertFalse(set.add("text " + i));
    }
    assertFalse(set.contains(""));
  }

  @Test
  void aCheckReportsEachDroppedPairAndTheTotals() throws IOException {
    CorpusCheck check = new CorpusCheck(new CorpusSettings(true, 30, 3, true, 0, true), List.of());
    List<String> dropped = new ArrayList<>();
    AtomicLong progress = new AtomicLong();
    check.run(
        corpus("a.tsv", "你好 。\tHello.", "你好。\tHello.", "我們。\t", "你好吗\t你好吗"),
        dropped::add,
        progress::addAndGet);
    assertEquals(4, progress.get());
    assertEquals(3, dropped.size());
    assertTrue(dropped.get(0).contains("a.tsv, line 2: duplicate-pair: "), dropped.get(0));
    List<String> totals = check.totals().lines().map(String::strip).toList();
    assertEquals("4 pairs, 1 kept, 3 dropped", totals.get(0));
    assertTrue(totals.stream().anyMatch(line -> line.matches("empty-side +1")), totals.toString());
    assertEquals("1 of those kept are changed by normalizing", totals.get(totals.size() - 1));
  }

  @Test
  void dataVecCallsAFilterByRows() {
    TextFilters.EmptySide filter = new TextFilters.EmptySide();
    List<Writable> empty = List.of(new Text("你好。"), new Text(""), new Text("here"));
    List<Writable> full = List.of(new Text("你好。"), new Text("Hello."), new Text("here"));
    assertTrue(filter.removeExample(empty));
    assertFalse(filter.removeExample(full));
    assertTrue(filter.removeExample((Object) empty));
    assertEquals("empty-side", filter.toString());
    assertArrayEquals(new String[] {"zh", "en"}, filter.columnNames());
    assertThrows(UnsupportedOperationException.class, () -> filter.removeSequence(List.of(empty)));
  }

  @Test
  void dataVecNormalizesOneColumn() {
    NormalizingTransform chinese = new NormalizingTransform("zh", true);
    assertEquals("normalize-zh", chinese.toString());
    assertEquals("我们？", chinese.map(new Text("我們?")).toString());
    assertEquals("我们？", chinese.map((Object) "我們?"));
    SentencePair pair = new SentencePair("我們", "(we)", "here");
    assertEquals(new SentencePair("我们", "(we)", "here"), chinese.apply(pair).pair());
    NormalizingTransform english = new NormalizingTransform("en", true);
    assertEquals("我們", english.apply(pair).pair().chinese());
    assertEquals(chinese, new NormalizingTransform("zh", true));
    assertEquals(chinese.hashCode(), new NormalizingTransform("zh", true).hashCode());
    assertFalse(chinese.equals(new NormalizingTransform("zh", false)));
    assertFalse(chinese.equals(english));
  }

  @Test
  void pairsOfAWorkingFileComeBackWithAnyCharacters() throws IOException {
    CorpusFiles corpus = corpus("a.tsv", "你好😀。\tHello.", "再见。\tBye.");
    CleanedCorpus cleaned =
        new CleanedCorpus(
            List.of(corpus.name()), new CorpusSettings(true, 30, 9, false, 0, false), List.of());
    Path file = folder.resolve("pairs");
    PairFile pairs = PairFile.write(file, cleaned);
    assertArrayEquals(new long[] {2}, pairs.sizes());
    for (int round = 0; round < 2; round++) {
      Iterator<SentencePair> all = pairs.iterator();
      assertEquals("你好😀。", all.next().chinese());
      SentencePair last = all.next();
      assertEquals("Bye.", last.english());
      assertTrue(last.origin().endsWith("a.tsv, line 2"));
      assertFalse(all.hasNext());
      assertThrows(NoSuchElementException.class, all::next);
    }
    Files.write(file, new byte[] {0, 0, 0, 2, 0});
    assertEquals(
        "cannot read " + file + ": it is cut off",
        assertThrows(InvalidInputException.class, () -> pairs.iterator().next()).getMessage());
    Files.delete(file);
    assertEquals(
        "cannot read " + file + ": no such file or folder",
        assertThrows(InvalidInputException.class, pairs::iterator).getMessage());
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> PairFile.write(folder.resolve("no/such"), cleaned))
            .getMessage()
            .startsWith("cannot write " + folder.resolve("no/such")));
  }
}
