package org.yuqiao.corpus.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

class AugmentationTest {
  private static SentencePair pair(String chinese, String english) {
    return new SentencePair(chinese, english, "here");
  }

  private static List<SentencePair> variants(
      AugmentationSettings settings, Language source, SentencePair... pairs) {
    Augmentation augmentation = new Augmentation(settings, source, 1, false);
    List<SentencePair> variants = new ArrayList<>();
    for (SentencePair pair : pairs) {
      variants.addAll(augmentation.variants(pair));
    }
    return variants;
  }

  @Test
  void sentencesAreJoinedInTheSameOrderOnBothSides() {
    SentencePair[] pairs =
        IntStream.range(0, 50)
            .mapToObj(i -> pair("我是" + i + "。", "I am " + i + "."))
            .toArray(SentencePair[]::new);
    List<SentencePair> joined = variants(new AugmentationSettings(1, 0, 0, 0), Language.ZH, pairs);
    assertEquals(49, joined.size(), "the first pair has none before it");
    for (SentencePair pair : joined) {
      assertEquals(
          pair.chinese().replace("我是", "I am ").replace("。", ". ").strip(), pair.english());
      long sentences = pair.chinese().chars().filter(c -> c == '。').count();
      assertTrue(sentences == 2 || sentences == 3, pair.chinese());
    }
  }

  @Test
  void fragmentsAreNotJoined() {
    assertEquals(
        List.of(),
        variants(
            new AugmentationSettings(1, 0, 0, 0),
            Language.ZH,
            pair("你好", "hello"),
            pair("苹果", "apple")));
  }

  @Test
  void finalMarksGoOnBothSidesOrOnNone() {
    assertEquals(
        List.of(pair("你好吗", "How are you")),
        variants(
            new AugmentationSettings(0, 1, 0, 0),
            Language.ZH,
            pair("你好吗？", "How are you?"),
            pair("你好", "Hello."),
            pair("。", ".")));
  }

  @Test
  void onlyTheSourceIsLowercased() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 1, 0);
    SentencePair pair = pair("我用Java。", "I use Java.");
    assertEquals(List.of(pair("我用java。", "I use Java.")), variants(settings, Language.ZH, pair));
    assertEquals(List.of(pair("我用Java。", "i use java.")), variants(settings, Language.EN, pair));
    assertEquals(
        List.of(), variants(settings, Language.ZH, pair("你好。", "Hello.")), "nothing changes");
  }

  @Test
  void aSharedNumberBecomesAnotherOneOnBothSides() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 1);
    SentencePair variant =
        variants(settings, Language.ZH, pair("他1998年出生。", "He was born in 1998.")).get(0);
    String number = variant.chinese().replaceAll("[^0-9]", "");
    assertEquals(4, number.length());
    assertFalse(number.equals("1998"));
    assertEquals("他" + number + "年出生。", variant.chinese());
    assertEquals("He was born in " + number + ".", variant.english());
  }

  @Test
  void aCopiedTokenStandsOnBothSides() {
    SentencePair[] pairs =
        IntStream.range(0, 200)
            .mapToObj(i -> pair("我的地址。", "My address."))
            .toArray(SentencePair[]::new);
    for (SentencePair variant :
        variants(new AugmentationSettings(0, 0, 0, 1), Language.ZH, pairs)) {
      String token = variant.chinese().replaceFirst("^我的地址：?", "");
      assertTrue(variant.english().endsWith(token), variant.toString());
      assertFalse(token.isBlank());
    }
  }

  @Test
  void variantsFollowTheirPairAndCountInTheSizeOfItsCorpus(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.tsv"), "你好吗？\tHow are you?\n早。\tMorning!\n");
    List<String> passed = new ArrayList<>();
    CleanedCorpus corpus =
        new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of(), 2)
            .augmented(new AugmentationSettings(0, 1, 0, 0), Language.ZH, 1, false);
    long[] sizes = corpus.forEach(pair -> passed.add(pair.chinese()));
    assertEquals(List.of("你好吗？", "你好吗", "早。", "早"), passed);
    assertEquals(4, sizes[0]);
    passed.clear();
    corpus.forEach(pair -> passed.add(pair.chinese()));
    assertEquals(4, passed.size(), "a second reading gives the same");
  }

  @Test
  void probabilitiesAreFromZeroToOne() {
    assertEquals(
        "data.augment.copied must be from 0 to 1, not 1.5",
        assertThrows(InvalidInputException.class, () -> new AugmentationSettings(0, 0, 0, 1.5))
            .getMessage());
  }
}
