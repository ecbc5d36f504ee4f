package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.files.InvalidInputException;

class TextColumnsTest {
  @TempDir private Path folder;
  private CorpusFixture corpora;

  @BeforeEach
  void inTheFolder() {
    corpora = new CorpusFixture(folder);
  }

  /** Lines with "zh" and "en" replaced by sentences. */
  private String lines(String template) {
    String first = template.replace("zh", "你好。").replace("en", "Hello, you.").replace("N", "1");
    String second =
        template.replace("zh", "我在看书。").replace("en", "I am reading.").replace("N", "22");
    String third = template.replace("zh", "再见。").replace("en", "Good bye.").replace("N", "303");
    return first + "\n" + second + "\n" + third + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zh\ten",
        "en\tzh",
        "N\tzh\tN\ten",
        "N\ten\tN\tzh",
        "0.N\tzh\ten",
        "zh\ten\t0.N",
        "en\tzh\tCC-BY 2.0 (France) Attribution: tatoeba.org #N (user)",
        "https://example.org/N\tzh\ten",
        "train-N\ten\tzh",
        "Subtitles\tN\tzh\ten",
        "\tzh\ten\t"
      })
  void theTwoTextsAreFoundByTheirScript(String template) {
    List<String> expected = List.of("你好。|Hello, you.", "我在看书。|I am reading.", "再见。|Good bye.");
    assertEquals(expected, CorpusFixture.read(corpora.write("a.tsv", lines(template))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id\tChinese\tscore\tEnglish",
        "ID\tzh\tx\ten",
        "n\tsource\t\ttarget",
        "编号\t中文\t分数\t英文"
      })
  void aFirstLineWithTheNamesOfTheColumnsIsNoPair(String header) {
    String text = header + "\n" + lines("N\tzh\t0.N\ten");
    List<String> pairs = CorpusFixture.read(corpora.write("a.tsv", text));
    assertEquals(3, pairs.size(), pairs.toString());
    assertEquals("你好。|Hello, you.", pairs.get(0));
  }

  @Test
  void theNameOfALanguageWithItsTranslationIsAPair() {
    String text = "中文\tChinese\n英语\tEnglish\n";
    assertEquals(
        List.of("中文|Chinese", "英语|English"), CorpusFixture.read(corpora.write("a.tsv", text)));
  }

  @Test
  void aWordListIsReadAlthoughItsColumnsAreSingleWords() {
    List<String> pairs =
        CorpusFixture.read(corpora.write("a.tsv", "dog\t狗\tn\ncat\t猫\tn\nred\t红\ta\n"));
    assertEquals("狗|dog", pairs.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"N\tzh", "en\tN", "N\tN\tzh", "en\ten\tN", "N\ten\ten\tzh"})
  void columnsThatAreNotClearAreRefusedWithTheirContents(String template) {
    String message = CorpusFixture.refusal(corpora.write("a.tsv", lines(template)));
    assertTrue(message.contains("a.tsv: cannot tell the Chinese and the English column"), message);
    assertTrue(message.contains("numbers (\"1\")"), message);
    assertTrue(message.contains("--columns"), message);
  }

  @Test
  void twoColumnsInOneLanguageAreRefusedWithMoreThanAFewLines() {
    String text = lines("en\ten.");
    assertTrue(
        CorpusFixture.refusal(corpora.write("a.tsv", text.repeat(4))).contains("column 2 English"));
    // cleaning drops such pairs, each with its reason
    assertEquals(3, CorpusFixture.read(corpora.write("b.tsv", text)).size());
  }

  @Test
  void columnsMayBeNamed() {
    String file = corpora.write("a.tsv", lines("en\tnotes en\tzh"));
    String expected = "你好。|notes Hello, you.";
    assertEquals(expected, CorpusFixture.read(file + "#zh=3,en=2").get(0));
    CorpusFiles named = new CorpusFiles(file).withColumns(TextColumns.of("en=2,zh=3"));
    assertEquals(expected, CorpusFixture.read(named).get(0));
    assertEquals(named, named.withColumns(TextColumns.of("zh=1,en=2")));
    assertEquals(folder.resolve("a.tsv"), named.paths().get(0));
    assertTrue(
        CorpusFixture.refusal(file + "#zh=3,en=4")
            .contains("line 1: expected texts in the columns"));
  }

  @Test
  void namedColumnsConcernTabSeparatedFilesOnly() {
    String file = corpora.write("a.jsonl", "{\"zh\":\"你好\",\"en\":\"Hello\"}\n");
    CorpusFiles corpus = new CorpusFiles(file);
    assertEquals(corpus, corpus.withColumns(TextColumns.of("zh=2,en=4")));
    assertTrue(CorpusFixture.refusal(file + "#zh=2,en=4").contains("not tab-separated"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh=1", "zh=1,en=1", "zh=0,en=1", "2,4", "zh=2,en=x", ""})
  void otherColumnsAreRefused(String text) {
    assertThrows(InvalidInputException.class, () -> TextColumns.of(text));
  }

  @Test
  void autoMeansByContent() {
    assertEquals(Optional.empty(), TextColumns.of("auto"));
  }

  @Test
  void theSameWordTwiceIsAPairAlsoWhereItCouldNameColumns() {
    String text = "source\tsource\n" + "你好。\tHello.\n".repeat(3);
    assertEquals(
        "source|source", CorpusFixture.read(corpora.write("a.tsv", text) + "#zh=1,en=2").get(0));
  }

  @Test
  void namesOfGivenColumnsAreNoPair() {
    String file = corpora.write("a.tsv", "id\tzh\tscore\ten\n1\t你好。\t0.5\tHello.\n");
    assertEquals(List.of("你好。|Hello."), CorpusFixture.read(file + "#zh=2,en=4"));
  }

  @Test
  void namesWithACharacterThatNoPathHasAreRefused() {
    for (String name : List.of("a\0.tsv", "a\0.zh,b.en", "a.tsv\0#zh=1,en=2")) {
      String message = CorpusFixture.refusal(name);
      assertTrue(message.contains("is not a path: it has the character U+0000"), message);
    }
  }

  @Test
  void longLinesMakeASmallerSample() {
    String line = "你好。\t" + "Hello. ".repeat(300_000) + "\n";
    assertEquals(5, CorpusFixture.read(corpora.write("a.tsv", line.repeat(5))).size());
  }
}
