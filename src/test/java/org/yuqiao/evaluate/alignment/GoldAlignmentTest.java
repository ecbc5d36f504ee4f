package org.yuqiao.evaluate.alignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

class GoldAlignmentTest {
  private static final Path SHIPPED = Path.of("data/test-alignments.tsv");

  @TempDir private Path folder;

  @Test
  void theWordsJoinedAreTheFirstPairsOfTheTestSet() {
    List<String> expected = new ArrayList<>();
    new CorpusFiles("data/test.tsv")
        .forEach(pair -> expected.add(pair.chinese() + "\t" + pair.english()));
    List<GoldAlignment> gold = GoldAlignment.read(SHIPPED);
    assertEquals(200, gold.size());
    for (int i = 0; i < gold.size(); i++) {
      assertEquals(
          expected.get(i), gold.get(i).source().text() + "\t" + gold.get(i).target().text());
    }
  }

  @Test
  void almostAllWordsOfTheShippedPairsAreLinkedAndEachPairHasASureLink() {
    long words = 0;
    long linked = 0;
    for (GoldAlignment pair : GoldAlignment.read(SHIPPED)) {
      assertTrue(pair.possible().containsAll(pair.sure()));
      assertTrue(pair.sure().size() >= 2, pair.source()::text);
      words += pair.source().words().size() + pair.target().words().size();
      linked += pair.possible().stream().map(WordLink::source).distinct().count();
      linked += pair.possible().stream().map(WordLink::target).distinct().count();
    }
    assertTrue(linked > 0.95 * words, linked + " of " + words);
  }

  @Test
  void linksAreSureOrPossibleAndTurnWithTheDirection() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.tsv"), "\u4ed6 \u5403 \u4e86\tHe ate\t0-0 1-1 2p1\n");
    GoldAlignment pair = GoldAlignment.read(file).get(0);
    assertEquals(Set.of(new WordLink(0, 0), new WordLink(1, 1)), pair.sure());
    assertEquals(3, pair.possible().size());
    assertEquals(pair, pair.from(Language.ZH));
    GoldAlignment english = pair.from(Language.EN);
    assertEquals("He ate", english.source().text());
    assertTrue(english.possible().contains(new WordLink(1, 2)));
    assertEquals(pair, english.reversed());
  }

  @Test
  void endingsAndPunctuationFollowWithoutASpace() {
    List<String> words = List.of("I", "do", "n't", ",", "he", "'s", "Mr.", "X", "'s", ".");
    assertEquals("I don't, he's Mr. X's.", new SplitSentence(Language.EN, words).text());
  }

  @ParameterizedTest
  @CsvSource({
    "a b|c, 'expected Chinese words, tab, English words, tab, links'",
    "a b|c|0+0, is no link; expected 1-2 or 1p2",
    "a b|c|0-1, link 0-1 leads nowhere: there are 2 Chinese and 1 English words",
    "a b|c|0-0 0p0, link 0p0 comes twice"
  })
  void aBadLineIsNamed(String line, String expected) throws IOException {
    Path file =
        Files.writeString(folder.resolve("bad.tsv"), "a\tb\t0-0\n" + line.replace('|', '\t'));
    String message =
        assertThrows(InvalidInputException.class, () -> GoldAlignment.read(file)).getMessage();
    assertTrue(message.startsWith(file + ", line 2: "), message);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.tsv"), "");
    assertThrows(InvalidInputException.class, () -> GoldAlignment.read(file));
  }
}
