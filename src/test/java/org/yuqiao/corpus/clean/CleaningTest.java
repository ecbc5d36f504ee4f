package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datavec.api.transform.TransformProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

class CleaningTest {
  @TempDir private Path folder;

  private static Optional<String> droppedBy(Cleaning cleaning, String chinese, String english) {
    return cleaning.apply(new SentencePair(chinese, english, "here")).droppedBy();
  }

  private static Cleaning cleaning() {
    return Cleaning.of(new CorpusSettings(true, 30, 3, true, true), List.of());
  }

  @Test
  void everyFilterDropsWhatItIsForAndSaysItsName() {
    Cleaning cleaning = cleaning();
    assertEquals(Optional.empty(), droppedBy(cleaning, "你好。", "Hello."));
    assertEquals(Optional.of("duplicate-pair"), droppedBy(cleaning, "你好。", "Hello."));
    assertEquals(Optional.of("empty-side"), droppedBy(cleaning, " \u200B ", "Hello."));
    assertEquals(Optional.of("empty-side"), droppedBy(cleaning, "你好。", ""));
    assertEquals(Optional.of("length-limit"), droppedBy(cleaning, "好".repeat(31), "Good."));
    assertEquals(Optional.of("length-ratio"), droppedBy(cleaning, "好".repeat(29), "Go"));
    assertEquals(Optional.of("wrong-script"), droppedBy(cleaning, "Hello there", "Hello there"));
    assertEquals(Optional.of("wrong-script"), droppedBy(cleaning, "你好吗", "你好吗"));
  }

  @Test
  void trainingPairsOfWhichASideIsHeldOutAreDropped() throws IOException {
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "你好！\tHello!\n");
    Cleaning cleaning = Cleaning.of(CorpusSettings.DEFAULT, List.of(test.toString()));
    assertEquals(Optional.of("held-out-overlap"), droppedBy(cleaning, "你好!", "Hi!"));
    assertEquals(Optional.of("held-out-overlap"), droppedBy(cleaning, "您好！", "Hello!"));
    assertEquals(Optional.empty(), droppedBy(cleaning, "您好！", "Hi!"));
  }

  @Test
  void theProcessSurvivesJsonAndStillDoesTheSame() {
    TransformProcess process = cleaning().process();
    TransformProcess copy = TransformProcess.fromJson(process.toJson());
    SentencePair kept = new SentencePair("我們，１２", "We, 12", "x");
    assertEquals(
        process.execute(PairRecordReader.record(kept)).toString(),
        copy.execute(PairRecordReader.record(kept)).toString());
    assertEquals(null, copy.execute(PairRecordReader.record(new SentencePair("", "a", "x"))));
    assertEquals(process.getActionList().size(), copy.getActionList().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ZH|我們說中文 。|我们说中文。",
        "ZH|你好,世界!|你好，世界！",
        "ZH|ＡＢＣ１２３，好|ABC123，好",
        "ZH|他 说 3.5 元|他说 3.5 元",
        "EN|Ｈｅｌｌｏ，  world。|Hello, world.",
        "EN|It’s 5\u00A0km|It’s 5 km",
        "EN|so\u200Bft\u00AD|soft"
      })
  void normalizingMakesTextUniformAndASecondTimeChangesNothing(
      Language language, String text, String expected) {
    TextNormalizer normalizer = TextNormalizer.of(language, true);
    assertEquals(expected, normalizer.apply(text));
    assertEquals(expected, normalizer.apply(expected));
  }

  @Test
  void checkingTellsLineAndReasonAndTotals() throws IOException {
    Path file = folder.resolve("a.tsv");
    Files.writeString(file, "你好\tHello\n\tHello\n你好\tHello\n");
    List<String> lines = new ArrayList<>();
    CorpusCheck check = new CorpusCheck(CorpusSettings.DEFAULT, List.of());
    check.run(new CorpusFiles(file.toString()), lines::add, done -> {});
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).endsWith("a.tsv, line 2: empty-side: the Chinese side is empty"));
    assertTrue(lines.get(1).contains("line 3: duplicate-pair"));
    assertTrue(check.totals().startsWith("3 pairs, 1 kept, 2 dropped"));
  }

  @Test
  void aCorpusIsStreamedPairByPair() throws IOException {
    Path file = folder.resolve("long.tsv");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < 50_000; i++) {
        out.write("第" + i + "句话\tsentence number " + i + "\n");
      }
      // Reached only by a reader that has not stopped to gather all lines first.
      out.write("no tab here\n");
    }
    var pairs = new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of());
    var iterator = pairs.iterator();
    for (int i = 0; i < 10; i++) {
      assertEquals("sentence number " + i, iterator.next().english());
    }
  }
}
