package org.yuqiao.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yuqiao.files.InvalidInputException;

class BpeTokenizerTest {
  private static final List<String> TEXT = List.of("low lower lowest", "low slow", "你好，你们好");

  private static BpeTokenizer learned(Fallback fallback, int minFrequency, int size) {
    return new TokenizerLearner(
            new SubwordSettings(size, Segmentation.NONE, fallback, minFrequency), true)
        .learn(TEXT.stream());
  }

  private static final BpeTokenizer BYTES = learned(Fallback.BYTE, 2, 300);
  private static final BpeTokenizer CHARACTERS = learned(Fallback.CHARACTER, 2, 300);

  @Test
  void specialTokensThenBytesThenCharactersByFrequencyThenMerges() {
    List<String> pieces = BYTES.pieces();
    assertEquals(Tokenizer.SPECIALS, pieces.subList(0, 4));
    assertEquals("<0x00>", pieces.get(4));
    assertEquals("<0xFF>", pieces.get(259));
    // Each line begins with a space here: 6 of them, and of o, l, w 5 each.
    assertEquals(List.of("l", "o", "w", "▁"), pieces.subList(260, 264).stream().sorted().toList());
    assertEquals("▁", pieces.get(260));
    assertTrue(pieces.indexOf("e") < pieces.indexOf("lo"));
    assertFalse(pieces.contains("t"), "a character that occurs once");
    assertTrue(CHARACTERS.pieces().contains("t"), "without bytes every character is kept");
    assertTrue(pieces.contains("▁low"));
    for (int id = 0; id < BYTES.size(); id++) {
      assertEquals(OptionalInt.of(id), BYTES.id(BYTES.piece(id)));
    }
    assertEquals(OptionalInt.empty(), BYTES.id("zzz"));
  }

  @Test
  void aMergeNeedsItsFrequencyAndIsMadeTwiceAtLeast() {
    assertTrue(learned(Fallback.CHARACTER, 1, 300).pieces().contains("你"));
    List<String> seldom = learned(Fallback.CHARACTER, 5, 300).merges();
    assertFalse(seldom.isEmpty());
    List<String> often = learned(Fallback.CHARACTER, 3, 300).merges();
    assertTrue(often.containsAll(seldom) && often.size() > 0);
    assertEquals(List.of(), learned(Fallback.CHARACTER, 50, 300).merges());
  }

  @Test
  void theVocabularyHasItsSizeAtMost() {
    List<String> words =
        IntStream.range(0, 3000).mapToObj(i -> Integer.toString(i * 7919, 26)).toList();
    SubwordSettings settings = new SubwordSettings(320, Segmentation.NONE, Fallback.BYTE, 2);
    BpeTokenizer tokenizer =
        new TokenizerLearner(settings, false)
            .learn(words.stream().map(word -> word.replaceAll("\\d", "z")));
    assertEquals(320, tokenizer.size());
    BpeTokenizer placed =
        new TokenizerLearner(settings, false)
            .withPlaceholders()
            .learn(words.stream().map(word -> word.replaceAll("\\d", "z")));
    assertEquals(320, placed.size());
    assertEquals(Placeholders.all(), placed.pieces().subList(320 - Placeholders.COUNT, 320));
  }

  @Test
  void unknownCharactersAreReportedAndPutBack() {
    String text = "low 龘 slow 😀";
    assertEquals(List.of("龘", "😀"), CHARACTERS.unknowns(text));
    assertEquals(List.of(), BYTES.unknowns(text));
    int[] ids = CHARACTERS.encode(text);
    assertEquals(2, Arrays.stream(ids).filter(id -> id == Tokenizer.UNK).count());
    assertEquals(text, CHARACTERS.decode(ids, CHARACTERS.unknowns(text)));
    assertEquals("low  slow ", CHARACTERS.decode(ids));
    assertEquals("low A slow B", CHARACTERS.decode(ids, List.of("A", "B")));
  }

  @Test
  void theSpaceBeforeTheFirstWordIsNoText() {
    int[] ids = BYTES.encode("low slow");
    assertEquals("low slow", BYTES.decode(ids));
    assertEquals(" low slow", BYTES.text(ids));
    assertArrayEquals(new int[0], BYTES.encode(""));
    assertEquals("", BYTES.decode(new int[0]));
    assertEquals("low", BYTES.decode(new int[] {Tokenizer.BOS, ids[0], Tokenizer.EOS}));
    assertEquals("<bos>", BYTES.text(new int[] {Tokenizer.BOS}));
  }

  @Test
  void continuationBytesAreRecognized() {
    int[] ids = BYTES.encode("龘");
    assertEquals("<0xE9>", BYTES.piece(ids[ids.length - 3]));
    assertFalse(BYTES.continuesCharacter(ids[ids.length - 3]));
    assertTrue(BYTES.continuesCharacter(ids[ids.length - 2]));
    assertTrue(BYTES.continuesCharacter(ids[ids.length - 1]));
    assertFalse(BYTES.continuesCharacter(BYTES.id("low").orElse(BYTES.size() - 1)));
    assertFalse(BYTES.continuesCharacter(Tokenizer.EOS));
    assertFalse(BYTES.continuesCharacter(4 + 0x7F));
    assertTrue(BYTES.continuesCharacter(4 + 0x80));
    assertTrue(BYTES.continuesCharacter(4 + 0xBF));
    assertFalse(BYTES.continuesCharacter(4 + 0xC0));
    assertFalse(CHARACTERS.continuesCharacter(4));
  }

  @Test
  void placeholdersAreOneTokenEachAndAreAddedOnce() {
    assertArrayEquals(new int[0], BYTES.placeholders());
    BpeTokenizer more = BYTES.withPlaceholders();
    assertEquals(BYTES.size() + Placeholders.COUNT, more.size());
    assertSame(more, more.withPlaceholders());
    int[] ids = more.placeholders();
    assertEquals(BYTES.size(), ids[0]);
    assertEquals(Placeholders.COUNT, ids.length);
    assertEquals(ids[3], more.encode("low " + Placeholders.of(3))[2]);
    assertArrayEquals(BYTES.encode("slow low"), more.encode("slow low"));
  }

  @Test
  void placeholdersAreReplacedBySpansInOrder() {
    assertEquals(16, Placeholders.all().size());
    String text = Placeholders.of(1) + " and " + Placeholders.of(0) + Placeholders.of(2);
    assertEquals("b and a" + Placeholders.of(2), Placeholders.replaced(text, List.of("a", "b")));
    assertTrue(Placeholders.contain(Placeholders.of(0).charAt(0)));
    assertTrue(Placeholders.contain(Placeholders.of(15).charAt(0)));
    assertFalse(Placeholders.contain(Placeholders.of(15).charAt(0) + 1));
    assertFalse(Placeholders.contain(Placeholders.of(0).charAt(0) - 1));
  }

  @Test
  void aWordOfMoreThanTwoHundredSymbolsIsMergedAlike() {
    for (int count : new int[] {1, 66, 67, 150}) {
      List<String> expected = new ArrayList<>(Collections.nCopies(count, "low"));
      expected.set(0, "▁low");
      assertEquals(expected, BYTES.cut("low".repeat(count)));
      assertEquals(expected, BYTES.cut("low".repeat(count)), "from the cache");
    }
    int[] dropped = BYTES.encode("low".repeat(150), 0, new SplittableRandom(1));
    assertEquals("low".repeat(150), BYTES.decode(dropped));
  }

  @Test
  void wordsOfHanRunsAreBordersOfPieces() {
    BpeTokenizer words =
        new TokenizerLearner(new SubwordSettings(400, Segmentation.WORD, Fallback.BYTE, 1), false)
            .learn(Stream.of("我们今天学习中文", "我们今天学习中文", "我们今天学习中文"));
    assertEquals(Segmentation.WORD, words.segmentation());
    assertEquals(List.of("我们", "今天", "学习", "中文"), words.cut("我们今天学习中文"));
    BpeTokenizer characters =
        new TokenizerLearner(
                new SubwordSettings(400, Segmentation.CHARACTER, Fallback.BYTE, 1), false)
            .learn(Stream.of("我们", "我们"));
    assertEquals(List.of("我", "们"), characters.cut("我们"));
  }

  @Test
  void partsOfSpeechAreTagged() {
    assertEquals(
        List.of(new TaggedWord("我", "r"), new TaggedWord("吃", "v"), new TaggedWord("苹果", "n")),
        TaggedWord.of("我吃 苹果"));
  }

  @Test
  void aTokenizerThatCannotGrowOrChooseALanguageSaysSo() {
    String message =
        assertThrows(InvalidInputException.class, () -> BYTES.withTargetLanguage("zh"))
            .getMessage();
    assertEquals(
        "the model translates into one language; leave out the target language 'zh'", message);
    assertFalse(BYTES.normalizes());
  }
}
