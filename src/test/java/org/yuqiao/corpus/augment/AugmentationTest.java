package org.yuqiao.corpus.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.Transliterator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.corpus.clean.CleanedCorpus;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;

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
    List<SentencePair> joined =
        variants(new AugmentationSettings(1, 0, 0, 0, 0, 0), Language.ZH, pairs);
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
            new AugmentationSettings(1, 0, 0, 0, 0, 0),
            Language.ZH,
            pair("你好", "hello"),
            pair("苹果", "apple")));
  }

  @Test
  void finalMarksGoOnBothSidesOrOnNone() {
    assertEquals(
        List.of(pair("你好吗", "How are you")),
        variants(
            new AugmentationSettings(0, 1, 0, 0, 0, 0),
            Language.ZH,
            pair("你好吗？", "How are you?"),
            pair("你好", "Hello."),
            pair("。", ".")));
  }

  @Test
  void onlyTheSourceIsLowercased() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 1, 0, 0, 0);
    SentencePair pair = pair("我用Java。", "I use Java.");
    assertEquals(List.of(pair("我用java。", "I use Java.")), variants(settings, Language.ZH, pair));
    assertEquals(List.of(pair("我用Java。", "i use java.")), variants(settings, Language.EN, pair));
    assertEquals(
        List.of(), variants(settings, Language.ZH, pair("你好。", "Hello.")), "nothing changes");
  }

  @Test
  void aSharedNumberBecomesAnotherOneOnBothSides() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 1, 0, 0);
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
    List<SentencePair> variants =
        variants(new AugmentationSettings(0, 0, 0, 1, 0, 0), Language.ZH, pairs);
    assertEquals(200, variants.size());
    assertTrue(variants.stream().map(SentencePair::chinese).distinct().count() > 100);
    for (SentencePair variant : variants) {
      String token = variant.chinese().replaceFirst("^我的地址：?", "");
      assertTrue(variant.english().endsWith(token), variant.toString());
      assertFalse(token.isBlank());
    }
  }

  @Test
  void aChineseNameStandsInPlaceOfAFrequentOneOnBothSides() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 0, 1, 0);
    SentencePair[] pairs =
        IntStream.range(0, 100)
            .mapToObj(i -> pair("汤姆的狗很大。", "Tom's dog is big."))
            .toArray(SentencePair[]::new);
    Transliterator pinyin = Transliterator.getInstance("Han-Latin/Names; Latin-ASCII");
    List<SentencePair> variants = variants(settings, Language.ZH, pairs);
    assertEquals(100, variants.size());
    for (SentencePair variant : variants) {
      assertTrue(variant.chinese().matches("\\p{IsHan}{2,4}的狗很大。"), variant.chinese());
      String name = variant.chinese().replace("的狗很大。", "");
      assertEquals(
          pinyin.transliterate(name).replace(" ", "") + "'s dog is big.",
          variant.english().toLowerCase(Locale.ROOT).replaceFirst(" ", "").replace('ü', 'u'));
    }
    assertEquals(
        List.of(),
        variants(settings, Language.ZH, pair("汤姆和汤姆", "Tom and Tom"), pair("汤姆", "Tommy")));
  }

  @Test
  void aTypingErrorChangesTheSourceByOneCharacter() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 0, 0, 1);
    SentencePair pair = pair("我已经吃过饭了。", "I have already eaten.");
    for (Language source : Language.values()) {
      SentencePair[] pairs = new SentencePair[200];
      Arrays.fill(pairs, pair);
      List<SentencePair> variants = variants(settings, source, pairs);
      assertTrue(variants.size() > 150, () -> "" + variants.size());
      for (SentencePair variant : variants) {
        assertEquals(pair.side(source.other()), variant.side(source.other()));
        assertFalse(pair.equals(variant));
        assertTrue(
            Math.abs(variant.side(source).length() - pair.side(source).length()) <= 1,
            variant.side(source));
      }
    }
  }

  @Test
  void aWrongChineseCharacterHasTheSamePinyin() {
    Transliterator pinyin = Transliterator.getInstance("Han-Latin; Latin-ASCII");
    SentencePair pair = pair("我已经吃过饭了。", "I have already eaten.");
    List<String> wrong =
        variants(
                new AugmentationSettings(0, 0, 0, 0, 0, 1),
                Language.ZH,
                Collections.nCopies(200, pair).toArray(SentencePair[]::new))
            .stream()
            .map(SentencePair::chinese)
            .filter(text -> text.length() == pair.chinese().length())
            .filter(text -> !sorted(text).equals(sorted(pair.chinese())))
            .toList();
    assertTrue(wrong.size() > 50, () -> "" + wrong.size());
    wrong.forEach(
        text ->
            assertEquals(pinyin.transliterate(pair.chinese()), pinyin.transliterate(text), text));
  }

  private static List<Integer> sorted(String text) {
    return text.chars().sorted().boxed().toList();
  }

  @Test
  void variantsFollowTheirPairAndCountInTheSizeOfItsCorpus(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.tsv"), "你好吗？\tHow are you?\n早。\tMorning!\n");
    List<String> passed = new ArrayList<>();
    CleanedCorpus corpus =
        new CleanedCorpus(List.of(file.toString()), CorpusSettings.DEFAULT, List.of(), 2)
            .augmented(new AugmentationSettings(0, 1, 0, 0, 0, 0), Language.ZH, 1, false);
    long[] sizes = corpus.forEach(pair -> passed.add(pair.chinese()));
    assertEquals(List.of("你好吗？", "你好吗", "早。", "早"), passed);
    assertEquals(4, sizes[0]);
    passed.clear();
    corpus.forEach(pair -> passed.add(pair.chinese()));
    assertEquals(4, passed.size(), "a second reading gives the same");
  }

  @Test
  void commonSpansGetPlaceholdersInAnyOrder() {
    Augmentation augmentation = new Augmentation(AugmentationSettings.NONE, Language.ZH, 1, true);
    Set<Character> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      List<SentencePair> variants = augmentation.variants(pair("10比9大", "9 is less than 10"));
      assertEquals(1, variants.size());
      String chinese = variants.get(0).chinese();
      char ten = chinese.charAt(0);
      char nine = chinese.charAt(2);
      assertTrue(Placeholders.contain(ten) && Placeholders.contain(nine) && ten != nine);
      assertEquals(ten + "比" + nine + "大", chinese);
      assertEquals(nine + " is less than " + ten, variants.get(0).english());
      seen.add(ten);
    }
    assertEquals(Placeholders.COUNT, seen.size());
    assertEquals(List.of(), augmentation.variants(pair("两个", "two")));
  }

  @Test
  void aVariantOfEachVariantHasPlaceholdersToo() {
    Augmentation augmentation =
        new Augmentation(new AugmentationSettings(0, 1, 0, 0, 0, 0), Language.ZH, 1, true);
    assertEquals(3, augmentation.variants(pair("我有10个。", "I have 10.")).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyProbabilityIsFromZeroToOne(int index) {
    List<String> names =
        List.of("joined", "unpunctuated", "lowercased", "copied", "named", "misspelled");
    for (double value : new double[] {-0.1, 1.1, Double.NaN}) {
      double[] p = new double[6];
      p[index] = value;
      assertEquals(
          "data.augment." + names.get(index) + " must be from 0 to 1, not " + value,
          assertThrows(
                  InvalidInputException.class,
                  () -> new AugmentationSettings(p[0], p[1], p[2], p[3], p[4], p[5]))
              .getMessage());
    }
    assertFalse(new AugmentationSettings(0, 0, 0, 0, 0, 1).hasNone());
    assertTrue(AugmentationSettings.NONE.hasNone());
  }

  @Test
  void whatHasFewLettersIsNotMisspelled() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 0, 0, 1);
    assertEquals(List.of(), variants(settings, Language.ZH, pair("你好吗？", "How are you?")));
    assertEquals(List.of(), variants(settings, Language.EN, pair("狗。", "A dog.")));
  }

  @Test
  void aNumberThatStandsTwiceOrInsideAWordIsNotReplaced() {
    AugmentationSettings settings = new AugmentationSettings(0, 0, 0, 1, 0, 0);
    for (int i = 0; i < 50; i++) {
      for (SentencePair pair :
          List.of(pair("12和12。", "12."), pair("12。", "12 and 12."), pair("A12。", "A12."))) {
        SentencePair variant = variants(settings, Language.ZH, pair).get(0);
        assertTrue(
            variant.chinese().equals(variant.english())
                || variant.chinese().startsWith(pair.chinese().replace("。", "")),
            variant.toString());
      }
    }
  }

  @Test
  void probabilitiesAreFromZeroToOne() {
    assertEquals(
        "data.augment.copied must be from 0 to 1, not 1.5",
        assertThrows(
                InvalidInputException.class, () -> new AugmentationSettings(0, 0, 0, 1.5, 0, 0))
            .getMessage());
  }
}
