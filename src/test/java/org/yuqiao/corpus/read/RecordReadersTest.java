package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;

class RecordReadersTest {
  @TempDir private Path folder;

  private String write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.resolve(name).toString();
  }

  private static List<SentencePair> read(String name) {
    List<SentencePair> pairs = new ArrayList<>();
    PairRecordReader reader = new CorpusFiles(name).open();
    while (reader.hasNext()) {
      pairs.add(reader.nextPair());
    }
    return pairs;
  }

  private static String refusal(String name) {
    return assertThrows(InvalidInputException.class, () -> read(name)).getMessage();
  }

  private static void assertPair(String chinese, String english, SentencePair pair) {
    assertEquals(chinese, pair.chinese());
    assertEquals(english, pair.english());
  }

  @Test
  void tsvIsReadInEitherOrderOfColumnsAndFurtherColumnsAreLeft() {
    List<SentencePair> first = read(write("a.tsv", "123\t123\n你好\tHello\tby nobody\n再见\tBye\n"));
    assertEquals(3, first.size());
    assertPair("再见", "Bye", first.get(2));
    List<SentencePair> second = read(write("b.tsv", "\uFEFFHello\t你好\r\nBye\t再见"));
    assertPair("你好", "Hello", second.get(0));
    assertPair("再见", "Bye", second.get(1));
    assertTrue(second.get(1).origin().endsWith("b.tsv, line 2"));
  }

  @Test
  void aCarriageReturnOrLineSeparatorInsideASentenceDoesNotShiftWhatFollows() {
    List<SentencePair> pairs = read(write("a.tsv", "你\r好\tHel\u2028lo\n再\u0085见\tBye\n"));
    assertEquals(2, pairs.size());
    assertPair("再\u0085见", "Bye", pairs.get(1));
  }

  @Test
  void aMissingColumnIsNamedWithFileAndLine() {
    assertTrue(refusal(write("a.tsv", "你好\tHello\n再见 Bye\n")).contains("a.tsv, line 2"));
  }

  @Test
  void bytesThatAreNotUtf8AreNamedWithFileAndLine() {
    byte[] bytes = {'a', '\t', 'b', '\n', 'c', '\t', (byte) 0xFF, '\n'};
    assertTrue(refusal(write("a.tsv", bytes)).contains("a.tsv, line 2: not valid UTF-8"));
  }

  @Test
  void alignedFilesAreReadSideBySideInEitherOrder() {
    String zh = write("a.zh", "你好\n再见\n");
    String en = write("a.en", "Hello\nBye\n");
    assertPair("再见", "Bye", read(zh + "," + en).get(1));
    assertPair("再见", "Bye", read(en + "," + zh).get(1));
  }

  @Test
  void filesOfUnequalLengthAreRefusedWithTheLineWhereOneEnds() {
    String zh = write("a.zh", "你好\n再见\n谢谢\n");
    String en = write("a.en", "Hello\nBye\n");
    String message = refusal(zh + "," + en);
    assertTrue(message.contains("a.en ends after line 2"), message);
    assertTrue(message.contains("a.zh"), message);
  }

  @Test
  void jsonLinesAreReadWithPlainAndNestedKeys() {
    List<SentencePair> pairs =
        read(
            write(
                "a.jsonl",
                "{\"zh\":\"你好\",\"en\":\"Hello\"}\n{\"translation\":{\"en\":\"Bye\",\"zh\":\"再见\"}}\n"));
    assertPair("你好", "Hello", pairs.get(0));
    assertPair("再见", "Bye", pairs.get(1));
  }

  @Test
  void jsonThatIsBrokenOrLacksASideIsNamedWithFileAndLine() {
    assertTrue(refusal(write("a.jsonl", "{\"zh\":\"你好\"}\n")).contains("line 1"));
    assertTrue(
        refusal(write("b.jsonl", "{\"zh\":\"你\",\"en\":\"a\"}\n{oops\n")).contains("line 2"));
  }

  @Test
  void tmxIsReadWithLanguageVariantsAndInlineMarksLeftOut() {
    List<SentencePair> pairs =
        read(
            write(
                "a.tmx",
                "<?xml version='1.0'?><tmx version='1.4'><header/><body>"
                    + "<tu><tuv xml:lang='EN-US'><seg>A &lt; <ph>x</ph>B</seg></tuv>"
                    + "<tuv xml:lang='zh-CN'><seg>甲小于乙</seg></tuv></tu></body></tmx>"));
    assertPair("甲小于乙", "A < B", pairs.get(0));
  }

  @Test
  void brokenTmxAndUnitsWithoutASideAreNamed() {
    assertTrue(refusal(write("a.tmx", "<tmx><body><tu>")).contains("a.tmx, line 1"));
    String half = "<tmx><body><tu><tuv xml:lang='zh'><seg>甲</seg></tuv></tu></body></tmx>";
    assertTrue(refusal(write("b.tmx", half)).contains("zh and an en"));
  }

  @Test
  void aMissingFileAndAnUnknownFormatAreNamed() {
    assertTrue(refusal(folder.resolve("no.tsv").toString()).contains("no.tsv"));
    assertTrue(refusal(write("a.docx", "")).contains("unknown format 'docx'"));
  }

  @ParameterizedTest
  @CsvSource({
    "b.tsv",
    "b.jsonl",
    "b.tmx",
    "b.tsv.gz",
    "b.tmx.xz",
    "'b.zh,b.en'",
    "'b.en-US,b.zh-CN'",
    "'b_en.txt,b_zh.txt'",
    "'b.cn.gz,b.us.xz'"
  })
  void whatIsConvertedToAnotherFormatIsReadBackTheSame(String names) {
    String original = write("a.tsv", "甲 & 乙 <丙>\tA & B <C> \"D\"\n你好\tHello\n");
    StringBuilder out = new StringBuilder();
    for (String name : names.split(",")) {
      out.append(out.length() == 0 ? "" : ",").append(folder.resolve(name));
    }
    CorpusFiles target = new CorpusFiles(out.toString());
    AtomicLong progress = new AtomicLong();
    assertEquals(
        2, CorpusConverter.convert(new CorpusFiles(original), target, progress::addAndGet));
    assertEquals(2, progress.get());
    List<SentencePair> expected = read(original);
    List<SentencePair> actual = read(target.name());
    for (int i = 0; i < expected.size(); i++) {
      assertPair(expected.get(i).chinese(), expected.get(i).english(), actual.get(i));
    }
  }
}
