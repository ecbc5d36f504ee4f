package org.yuqiao.corpus.clean;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.datavec.api.transform.DataAction;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.corpus.read.PairRecordReader;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.normalize.TextNormalizer;

class CleaningTest {
  @TempDir private Path folder;

  private static String droppedBy(Cleaning cleaning, String chinese, String english) {
    return cleaning.apply(new SentencePair(chinese, english, "here")).droppedBy();
  }

  private static Cleaning cleaning() {
    return Cleaning.of(new CorpusSettings(true, 30, 3, true, 0, true), List.of());
  }

  @Test
  void everyFilterDropsWhatItIsForAndSaysItsName() {
    Cleaning cleaning = cleaning();
    assertEquals("", droppedBy(cleaning, "你好。", "Hello."));
    assertEquals("duplicate-pair", droppedBy(cleaning, "你好。", "Hello."));
    assertEquals("empty-side", droppedBy(cleaning, " \u200B ", "Hello."));
    assertEquals("empty-side", droppedBy(cleaning, "你好。", ""));
    assertEquals("length-limit", droppedBy(cleaning, "好".repeat(31), "Good."));
    assertEquals("length-ratio", droppedBy(cleaning, "好".repeat(29), "Go"));
    assertEquals("wrong-script", droppedBy(cleaning, "Hello there", "Hello there"));
    assertEquals("wrong-script", droppedBy(cleaning, "你好吗", "你好吗"));
  }

  @Test
  void trainingPairsOfWhichASideIsHeldOutAreDropped() throws IOException {
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "你好！\tHello!\n");
    Cleaning cleaning = Cleaning.of(CorpusSettings.DEFAULT, List.of(test.toString()));
    assertEquals("held-out-overlap", droppedBy(cleaning, "你好!", "Hi!"));
    assertEquals("held-out-overlap", droppedBy(cleaning, "您好！", "Hello!"));
    assertEquals("", droppedBy(cleaning, "您好！", "Hi!"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.98|Hello.|wrong-script",
        "123|456|wrong-script",
        "...|Hello.|wrong-script",
        "Hello.|Hello.|wrong-script",
        "Hello there|Hello there|wrong-script",
        "1,234.5|1,234.5|''",
        "https://a.org/b?c=1|https://a.org/b?c=1|''",
        "tom@a.org|tom@a.org|''",
        "OK吗?|OK?|''"
      })
  void aChineseSideWithoutHanIsDroppedUnlessANumberOrAddressIsCopied(
      String chinese, String english, String expected) {
    assertEquals(expected, droppedBy(cleaning(), chinese, english));
  }

  @Test
  void dataVecRunsTheProcessReadFromJsonWithTheSamePairsAndReasons() throws IOException {
    Path test = folder.resolve("test.tsv");
    Files.writeString(test, "這是測試。\tThis is a test.\n");
    Cleaning direct =
        Cleaning.of(new CorpusSettings(true, 30, 3, true, 0, true), List.of(test.toString()));
    String json = direct.process().toJson();
    Cleaning copied = new Cleaning(TransformProcess.fromJson(json));
    TransformProcess stepwise = TransformProcess.fromJson(json);
    TransformProcess whole = TransformProcess.fromJson(json);
    Set<String> reasons = new TreeSet<>();
    for (SentencePair pair : hostilePairs()) {
      Cleaning.Outcome outcome = direct.apply(pair);
      reasons.add(outcome.droppedBy());
      assertEquals(outcome, copied.apply(pair));
      assertEquals(outcome, executed(stepwise, pair));
      List<Writable> row = whole.execute(PairRecordReader.record(pair));
      assertEquals(outcome.kept(), row != null);
      assertTrue(row == null || outcome.pair().equals(pair(row)));
    }
    assertEquals(
        Set.of(
            "",
            "empty-side",
            "length-limit",
            "length-ratio",
            "wrong-script",
            "duplicate-pair",
            "held-out-overlap"),
        reasons);
  }

  private static List<SentencePair> hostilePairs() {
    List<SentencePair> pairs = new ArrayList<>();
    pairs.add(new SentencePair("这是测试.", "Another one", "held out"));
    pairs.add(new SentencePair("好".repeat(31), "Good", "long"));
    pairs.add(new SentencePair("好".repeat(29), "Go", "uneven"));
    pairs.add(new SentencePair("a\ud800b好", "\udc00 good \ud83d", "unpaired surrogates"));
    String[] parts =
        ("好|們|𠀀|。|，|Ａ|１|㌔|ﬁ|e\u0301|a|Hello|123|. |\ud800|\udc00|\ud83d\ude00|\t|\n|\r|\u0000|\u00a0"
                + "|\u200b|\u202e|\u2028|\u3000|\ufeff|\ufffd|\ue000|\u00ad|\"|{|\\|,")
            .split("\\|");
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      StringBuilder chinese = new StringBuilder();
      StringBuilder english = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        chinese.append(parts[random.nextInt(parts.length)]);
        english.append(parts[random.nextInt(parts.length)]);
      }
      pairs.add(new SentencePair(chinese.toString(), english.toString(), "line " + i));
    }
    return pairs;
  }

  /** The outcome when DataVec's transforms and filters run one after another on a row. */
  private static Cleaning.Outcome executed(TransformProcess process, SentencePair pair) {
    List<Writable> row = PairRecordReader.record(pair);
    for (DataAction action : process.getActionList()) {
      if (action.getTransform() != null) {
        row = action.getTransform().map(row);
      } else if (action.getFilter().removeExample(row)) {
        PairFilter filter = (PairFilter) action.getFilter();
        SentencePair dropped = pair(row);
        String reason = filter.objection(dropped.chinese(), dropped.english()).orElseThrow();
        return new Cleaning.Outcome(dropped, filter.name(), reason);
      }
    }
    return Cleaning.Outcome.kept(pair(row));
  }

  private static SentencePair pair(List<Writable> row) {
    return new SentencePair(row.get(0).toString(), row.get(1).toString(), row.get(2).toString());
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
      // A reader that gathered all lines first would fail before the first pair.
      out.write("no tab here\n");
    }
    var corpus = new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of());
    long[] pairs = {0};
    assertThrows(
        InvalidInputException.class,
        () ->
            corpus.forEach(pair -> assertEquals("sentence number " + pairs[0]++, pair.english())));
    // Readers are one pair ahead.
    assertEquals(49_999, pairs[0]);
    var first = new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of(), 10);
    assertArrayEquals(new long[] {10}, first.forEach(pair -> {}));
  }

  @Test
  void aCorpusOfWhichNothingIsKeptIsRefusedWithTheReasons() throws IOException {
    Path file = folder.resolve("none.tsv");
    Files.writeString(file, "Hi.\tHi.\n...\tHello.\n\tHello.\n");
    assertEquals(
        "all 3 pairs of " + file + " were dropped: 2 wrong-script, 1 empty-side; see data check",
        refusal(file));
    Files.writeString(file, "");
    assertEquals("there is no sentence pair in " + file, refusal(file));
  }

  private static String refusal(Path file) {
    var corpus = new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of());
    return assertThrows(InvalidInputException.class, () -> corpus.forEach(pair -> {})).getMessage();
  }

  @Test
  void aPairFileHoldsTheKeptPairsOfACorpus() throws IOException {
    Path file = folder.resolve("a.jsonl");
    Files.writeString(
        file,
        """
        {"zh": "他说\\ud800𠀀😀", "en": "He\\tsays \\"\\u0000\\""}
        {"zh": "", "en": "dropped"}
        {"zh": "第二\\n行", "en": "second line"}
        """);
    var corpus = new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of());
    List<SentencePair> expected = new ArrayList<>();
    corpus.forEach(expected::add);
    PairFile pairs = PairFile.write(folder.resolve("pairs"), corpus);
    for (int i = 0; i < 2; i++) {
      List<SentencePair> read = new ArrayList<>();
      pairs.forEach(read::add);
      assertEquals(expected, read);
    }
    assertEquals(2, expected.size());
  }
}
