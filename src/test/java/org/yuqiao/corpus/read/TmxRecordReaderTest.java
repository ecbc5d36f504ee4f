package org.yuqiao.corpus.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TmxRecordReaderTest {
  @TempDir private Path folder;
  private CorpusFixture corpora;

  @BeforeEach
  void inTheFolder() {
    corpora = new CorpusFixture(folder);
  }

  private static String variant(String language, String segment) {
    return "<tuv xml:lang='" + language + "'><seg>" + segment + "</seg></tuv>";
  }

  private String memory(String... units) {
    return "<?xml version='1.0'?>\n<tmx version='1.4'><header/><body>\n<tu>"
        + String.join("</tu>\n<tu>", units)
        + "</tu>\n</body></tmx>\n";
  }

  private String write(String... units) {
    return corpora.write("a.tmx", memory(units));
  }

  @ParameterizedTest
  @CsvSource({
    "I <hi type='b'>really</hi> like it, I really like it",
    "I <g id='1'>really <b>do</b></g> like it, I really do like it",
    "I <mrk><i>really</i></mrk> like it, I really like it",
    "I <bpt i='1'>{b}</bpt>really<ept i='1'>{/b}</ept> like it, I really like it",
    "I <ph>{1}</ph>like<it pos='begin'>{i}</it> it<ut>{x}</ut>, I like it",
    "I <unknown>really</unknown> like it, I really like it",
    "I like<ph>{<sub>a note</sub>}</ph> it, I like a note  it",
    "I <![CDATA[<3]]> it, I <3 it"
  })
  void elementsWithTextKeepItAndCodesAreLeftOut(String segment, String english) {
    String file = write(variant("zh", "我<hi>非常</hi>喜欢") + variant("en", segment));
    assertEquals(List.of("我非常喜欢|" + english), CorpusFixture.read(file));
  }

  @ParameterizedTest
  @CsvSource({"cmn, eng", "zho, en", "chi, EN-GB", "zh-Hans-CN, en_US", "ZH, english"})
  void codesOfTheLanguagesAreKnown(String chinese, String english) {
    String file = write(variant(english, "Hello.") + variant(chinese, "你好。"));
    assertEquals(List.of("你好。|Hello."), CorpusFixture.read(file));
  }

  @Test
  void unitsWithoutOneOfTheLanguagesArePassedOver() {
    String file =
        write(
            variant("zh", "你好。") + variant("en", "Hello."),
            variant("zh", "只有中文。"),
            variant("de", "Hallo.") + variant("en", "Hello."),
            variant("zh", "再见。") + variant("en", "Bye.") + variant("en-GB", "Cheers."));
    assertEquals(List.of("你好。|Hello.", "再见。|Bye."), CorpusFixture.read(file));
  }

  @Test
  void aMemoryOfOtherLanguagesIsRefusedWithTheCodesFound() {
    String message =
        CorpusFixture.refusal(write(variant("de", "Hallo.") + variant("en-GB", "Hello.")));
    assertTrue(message.contains("none of its 1 units has a zh and an en variant"), message);
    assertTrue(message.contains("de, en-GB"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "Hello &co;., uses the entity 'co'",
    "Hello <b>you</seg>, '\"b\" must be terminated'",
    "A & B, not well-formed XML: ",
    "Hello \u0001!, not well-formed XML: "
  })
  void whatIsWrongIsSaidWithTheLine(String segment, String reason) {
    String file = write(variant("zh", "你好。") + variant("en", "Hello."), variant("en", segment));
    String message = CorpusFixture.refusal(file);
    assertTrue(message.contains("a.tmx, line 4: "), message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aDeclaredEntityIsNotReadAndTheMessageSaysSo() {
    String file = write(variant("zh", "你好&co;。") + variant("en", "Hello."));
    String declared =
        memory(variant("zh", "你好&co;。"))
            .replace("<tmx", "<!DOCTYPE tmx SYSTEM 'tmx14.dtd' [<!ENTITY co 'Acme'>]>\n<tmx");
    assertTrue(CorpusFixture.refusal(file).contains("uses the entity 'co'"));
    String message = CorpusFixture.refusal(corpora.write("b.tmx", declared));
    assertTrue(message.contains("declarations in a DOCTYPE are not read"), message);
  }

  @Test
  void anotherXmlFormatIsRefused() {
    String message = CorpusFixture.refusal(corpora.write("a.tmx", "<xliff version='1.2'/>"));
    assertTrue(message.contains("expected the root element <tmx>, but found <xliff>"), message);
  }

  @Test
  void aMemoryInUtf16IsRead() throws IOException {
    String text =
        memory(variant("zh", "你好。") + variant("en", "Hello."))
            .replace("?>", " encoding='UTF-16'?>");
    Files.write(folder.resolve("w.tmx"), text.getBytes(StandardCharsets.UTF_16));
    assertEquals(List.of("你好。|Hello."), CorpusFixture.read(folder.resolve("w.tmx").toString()));
  }

  @Test
  void charactersThatXmlCannotHoldAreReplacedOnWriting() {
    String in = corpora.write("a.tsv", "我有\u0001苹果\u000B。\tI have\u0000 \uFFFF \uD83D\uDE00\r!\n");
    CorpusFiles out = new CorpusFiles(folder.resolve("b.tmx").toString());
    CorpusConverter.convert(new CorpusFiles(in), out, n -> {});
    assertEquals(
        List.of("我有\uFFFD苹果\uFFFD。|I have\uFFFD \uFFFD \uD83D\uDE00\r!"), CorpusFixture.read(out));
  }

  @Test
  void deepElementsAreReadOrRefusedWithTheirLine() {
    String text = "<g>".repeat(900) + "Hello" + "</g>".repeat(900);
    assertEquals(
        List.of("你好|Hello"), CorpusFixture.read(write(variant("zh", "你好") + variant("en", text))));
    String deep = "<g>".repeat(200_000) + "Hello" + "</g>".repeat(200_000);
    String message = CorpusFixture.refusal(write(variant("zh", "你好") + variant("en", deep)));
    assertTrue(message.endsWith("line 3: elements are nested deeper than 1000"), message);
  }

  @Test
  void aSegmentWithoutEndIsRefused() {
    String message =
        CorpusFixture.refusal(
            write(variant("zh", "a".repeat((1 << 24) + 10)) + variant("en", "a")));
    assertTrue(message.contains("a segment has more than 16777216 characters"), message);
  }
}
