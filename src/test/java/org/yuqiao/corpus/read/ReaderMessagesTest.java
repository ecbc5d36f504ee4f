package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.corpus.pair.TaggedSentence;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/** What readers and writers of corpora tell about what they leave out, and what each part reads. */
class ReaderMessagesTest {
  @TempDir private Path folder;
  private CorpusFixture corpora;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("org.yuqiao.corpus.read");

  @BeforeEach
  void listen() {
    corpora = new CorpusFixture(folder);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(log);
  }

  private List<String> messages() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String unit(String... variants) {
    StringBuilder unit = new StringBuilder("<tu>");
    for (String variant : variants) {
      String[] parts = variant.split("=");
      unit.append("<tuv xml:lang='").append(parts[0]).append("'><seg>");
      unit.append(parts[1]).append("</seg></tuv>");
    }
    return unit.append("</tu>").toString();
  }

  private String memory(String... units) {
    return corpora.write(
        "a.tmx", "<tmx version='1.4'><header/><body>" + String.join("", units) + "</body></tmx>");
  }

  @Test
  void unitsWithoutALanguageAreCounted() {
    String whole = unit("zh=你好。", "en=Hello.");
    assertEquals(
        List.of("你好。|Hello."),
        CorpusFixture.read(memory(unit("zh=再见。"), whole, unit("fr=Oui.", "en=Yes."))));
    assertEquals(1, messages().size());
    assertTrue(
        messages()
            .get(0)
            .endsWith(
                "a.tmx: 2 units without a zh or an en variant are passed over; the languages found"
                    + " are: en, fr, zh"),
        messages().get(0));
  }

  @Test
  void aWholeMemoryIsReadWithoutAMessageAndOneOfOtherLanguagesIsRefused() {
    CorpusFixture.read(memory(unit("zh=你好。", "en=Hello.")));
    assertEquals(List.of(), messages());
    String refusal = CorpusFixture.refusal(memory(unit("fr=Oui.", "de=Ja.")));
    assertTrue(
        refusal.endsWith(
            "none of its 1 units has a zh and an en variant; the languages found are: de, fr"),
        refusal);
  }

  @Test
  void halvesOfSurrogatePairsAreReportedOnce() {
    String file =
        corpora.write(
            "a.jsonl",
            """
            {"zh":"好\\ud83d\\ude00","en":"ok"}
            {"zh":"好\\ud83d","en":"ok"}
            {"zh":"好","en":"\\ude00"}
            """);
    assertEquals(List.of("好😀|ok", "好\uFFFD|ok", "好|\uFFFD"), CorpusFixture.read(file));
    assertEquals(1, messages().size(), messages().toString());
    assertTrue(messages().get(0).contains("a.jsonl, line 2: half a surrogate pair"));
  }

  @Test
  void charactersThatXmlCannotHoldAreCountedWithTheFirstPlace() {
    TmxWriter writer = new TmxWriter();
    assertEquals(Optional.empty(), writer.replaced());
    writer.unit(new SentencePair("好", "fine", "a, line 1"));
    assertEquals(Optional.empty(), writer.replaced());
    assertEquals(
        "<tu><tuv xml:lang=\"zh\"><seg>好\uFFFD</seg></tuv>"
            + "<tuv xml:lang=\"en\"><seg>\uFFFD&lt;&amp;&gt;&#13;</seg></tuv></tu>",
        writer.unit(new SentencePair("好\u0007", "\uFFFE<&>\r", "a, line 2")));
    writer.unit(new SentencePair("好\u0000", "x", "a, line 3"));
    assertEquals(
        Optional.of(
            "3 characters that XML cannot hold were replaced by U+FFFD, the first at a, line 2"),
        writer.replaced());
  }

  @Test
  void aConversionReportsReplacedCharacters() {
    String in = corpora.write("a.tsv", "你\u0007好\tHello\n");
    CorpusFiles out = new CorpusFiles(folder.resolve("b.tmx").toString());
    CorpusConverter.convert(new CorpusFiles(in), out, done -> {});
    assertTrue(messages().get(0).startsWith("1 characters that XML cannot hold"));
  }

  @Test
  void aFirstLineLeftOutAsNamesOfGivenColumnsIsReported() {
    String file = corpora.write("a.tsv", "zh\ten\n你好。\tHello.\n");
    assertEquals(List.of("你好。|Hello."), CorpusFixture.read(file));
    assertEquals(List.of(), messages());
    assertEquals(List.of("你好。|Hello."), CorpusFixture.read(file + "#zh=1,en=2"));
    assertTrue(messages().get(0).contains("a.tsv, line 1: these are taken for the names"));
  }

  @ParameterizedTest
  @CsvSource({
    "zh, ZH",
    "zh-Hans-CN, ZH",
    "zho_Hans, ZH",
    "cmn, ZH",
    "' ZH ', ZH",
    "mandarin, ZH",
    "en, EN",
    "EN-US, EN",
    "eng_Latn, EN",
    "english, EN",
    "fr, ",
    "zhang, ",
    "us, ",
    "'', "
  })
  void tagsTellTheLanguage(String tag, Language language) {
    assertEquals(Optional.ofNullable(language), LanguageTags.ofTag(tag));
  }

  @ParameterizedTest
  @CsvSource({
    "a.zh, ZH",
    "a.en-US, EN",
    "zh-en.en.bpe, EN",
    "en-zh.zh.gz, ZH",
    "a.cn, ZH",
    "a.uk, EN",
    "a.zh-tw.txt, ZH",
    "corpus.txt, "
  })
  void theLastCodeOfAFileNameTellsTheLanguage(String name, Language language) {
    assertEquals(Optional.ofNullable(language), LanguageTags.ofFileName(Path.of("en", name)));
  }

  @ParameterizedTest
  @CsvSource({
    "你好, true, false, 1, Chinese",
    "hello, false, true, 0, English",
    "你abc, false, true, 0.5, English",
    "你ab, true, false, 0.6, Chinese",
    "123, false, false, 0, neither Chinese nor English"
  })
  void aHanCharacterCountsAsThreeLetters(
      String text, boolean chinese, boolean english, double share, String words) {
    ScriptCount count = new ScriptCount();
    count.add(text);
    assertEquals(chinese, count.isChinese());
    assertEquals(english, count.isEnglish());
    assertEquals(share, count.hanShare(), 1e-9);
    assertEquals(words, count.inWords());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tatoeba sentence N|not the text: the same beginning",
        "news|not the text: a category",
        "word N|not the text: it repeats"
      })
  void columnsOfLabelsAreNoTexts(String label, String why) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      char letter = (char) ('a' + i % 26);
      lines.append(label.replace("N", Integer.toString(i % 3))).append('\t');
      lines.append("第").append((char) (0x4E00 + i)).append("本书").append('\t');
      lines.append(letter).append(letter).append(" book").append(i % 7 == 0 ? " is here" : "");
      lines.append('\n');
    }
    String file = corpora.write("a.tsv", lines.toString());
    assertEquals("第一本书|aa book is here", CorpusFixture.read(file).get(0), why);
  }

  @Test
  void tokensAndLabelsAreReadByLineUpToEmptyLines() {
    String file =
        corpora.write(
            "a.conll", "\n\nI\tpron\tO\nrun\tverb\tO\n\n \nLi  noun B-PER\nran verb O\n\n");
    List<TaggedSentence> all = ConllReader.all(Path.of(file), 0);
    assertEquals(2, all.size());
    assertEquals(List.of("I", "run"), all.get(0).tokens());
    assertEquals(List.of("O", "O"), all.get(0).labels());
    assertEquals(List.of("Li", "ran"), all.get(1).tokens());
    assertEquals(List.of("B-PER", "O"), all.get(1).labels());
    assertTrue(all.get(1).origin().endsWith("a.conll, line 7"), all.get(1).origin());
    assertEquals(List.of("pron", "verb"), ConllReader.all(Path.of(file), 2).get(0).labels());
  }

  @ParameterizedTest
  @CsvSource({
    "'I\tO\nrun\n', 0, 'line 2: expected a token and its labels in at least 2 columns, but there"
        + " are 1'",
    "'I\tO\n', 3, 'line 1: expected a token and its labels in at least 3 columns, but there are 2'",
    "'\tO\n', 0, 'line 1: expected a token'",
    "'I\t \n', 0, 'line 1: the label is empty'",
    "'I\t \tO\n', 2, 'line 1: the label is empty'"
  })
  void linesWithoutALabelAreRefused(String text, int column, String problem) {
    Path file = Path.of(corpora.write("a.conll", text));
    String message =
        assertThrows(InvalidInputException.class, () -> ConllReader.all(file, column)).getMessage();
    assertTrue(message.contains(problem), message);
  }

  @Test
  void recordsOfDataVecHaveBothTextsAndTheirPlace() {
    String file = corpora.write("a.tsv", "你好。\tHello.\n再见。\tBye.\n");
    try (PairRecordReader reader = new CorpusFiles(file).open()) {
      for (int round = 0; round < 2; round++) {
        List<Writable> first = reader.next();
        assertEquals("你好。", first.get(0).toString());
        assertEquals("Hello.", first.get(1).toString());
        assertTrue(first.get(2).toString().endsWith("a.tsv, line 1"));
        assertEquals("再见。", reader.nextRecord().getRecord().get(0).toString());
        assertFalse(reader.hasNext());
        assertThrows(NoSuchElementException.class, reader::nextPair);
        assertTrue(reader.resetSupported());
        reader.reset();
      }
      assertEquals(List.of(), reader.getLabels());
    }
  }

  @Test
  void aSampleConsumesNoLineAndAnErrorWaitsForTheLinesBeforeIt() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 1500; i++) {
      text.append("line ").append(i).append('\n');
    }
    try (SampledLines lines = SampledLines.open(Path.of(corpora.write("a.txt", text.toString())))) {
      assertEquals(1000, lines.sample().size());
      assertEquals(0, lines.lineNumber());
      for (int i = 1; i <= 1500; i++) {
        assertEquals(Optional.of("line " + i), lines.next());
        assertEquals(i, lines.lineNumber());
      }
      assertEquals(Optional.empty(), lines.next());
      assertEquals(1500, lines.lineNumber());
    }
  }
}
