package org.yuqiao.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.text.Language;
import org.yuqiao.text.Placeholders;

class ProtectedTextTest {
  private static final List<String> AB = List.of("A", "B");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "请访问https://example.com/a?b=1&c=2。谢谢 | https://example.com/a?b=1&c=2",
        "See (http://example.org/x_(y), now). | http://example.org/x_(y",
        "Go to www.example.cn, please. | www.example.cn",
        "写信到li.lei+a@mail.example.com吧 | li.lei+a@mail.example.com",
        "Hello {0}, you have {{count}} of ${total}. | {0} {{count}} ${total}",
        "文件%s有%d行，%1$s %.2f %(name)s | %s %d %1$s %.2f %(name)s",
        "点击<b>这里</b>或<a href=\"x y\">那里</a><br/> | <b> </b> <a href=\"x y\"> </a> <br/>",
        "a &amp; b&#39;s | &amp; &#39;",
        "一共1,234.56元，3.2%，10:30，2024-05-06，400-555-0123 | 1,234.56 3.2% 10:30 2024-05-06 400-555-0123",
        "升级到v1.2.3，用了５分钟 | v1.2.3 ５",
        "Rooms 12 and 3D. | 12 3",
      })
  void spansAreFound(String text, String spans) {
    assertEquals(spans, String.join(" ", ProtectedText.of(text, Language.EN).spans()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "有1.4亿人",
        "3月来",
        "打8折",
        "1000万",
        "2nd place",
        "the 1990s",
        "5 million people",
        "B2B and COVID-19",
        "100% sure of %",
        "a < b and c > d",
        "no.",
        "三个人"
      })
  void numbersThatChangeInTranslationAndOrdinaryTextAreNone(String text) {
    List<String> spans = ProtectedText.of(text, Language.EN).spans();
    assertEquals(text.contains("100%") ? List.of("100%") : List.of(), spans);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "我买了一个 iPhone。 | iPhone",
        "把config.yaml里的端口改成8080 | config.yaml 8080",
        "函数 get_user() 抛出NullPointerException | get_user() NullPointerException",
        "先用 pip install numpy | pip install numpy",
        "“I love you”用中文怎么说 | I love you",
        "I'm sorry, see you. | I'm sorry see you",
        "按Ctrl+C，学C++ | Ctrl+C C++",
        "我的T恤和X光片 | ''",
      })
  void latinWordsInChineseAreSpans(String text, String spans) {
    assertEquals(spans, String.join(" ", ProtectedText.of(text, Language.ZH).spans()));
  }

  @Test
  void latinWordsOfBothSidesAreCommonSpansWhenChineseIsTheSource() {
    assertEquals(
        List.of("A的boss", "A's owner"),
        ProtectedText.aligned("Google的boss", "Google's owner", Language.ZH, AB));
    assertTrue(ProtectedText.aligned("Google的", "by Google", Language.EN, AB).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.c", "v1.1", "a'b", "a.b", "1.1", "a b", "{a", "<a", "http://a"})
  void longTextIsSearchedWithoutALongStack(String part) {
    for (String text : List.of(part + part.substring(1).repeat(30_000), part.repeat(30_000))) {
      ProtectedText found = ProtectedText.of(text, Language.ZH);
      assertEquals(text, ProtectedText.restored(found.template(), found.spans()));
    }
  }

  @Test
  void theTemplateHasAStandInForEachSpanAndGivesTheTextBack() {
    String text = "第1页，共{0}页，ᚁ";
    ProtectedText found = ProtectedText.of(text, Language.EN);
    assertEquals("第ᚁ页，共ᚁ页，ᚁ", found.template());
    assertEquals(3, ProtectedText.count(found.template()));
    assertEquals(text, ProtectedText.restored(found.template(), found.spans()));
    String placed = ProtectedText.withPlaceholders(found.template());
    assertEquals(
        "第" + Placeholders.of(0) + "页，共" + Placeholders.of(1) + "页，" + Placeholders.of(2), placed);
    assertEquals(text, Placeholders.replaced(placed, found.spans()));
  }

  @Test
  void commonSpansOfAPairGetTheSamePlaceholders() {
    assertEquals(
        List.of("A比B大", "B is less than A"),
        ProtectedText.aligned("10比9大", "9 is less than 10", Language.EN, AB));
    assertEquals(
        List.of("我有2本，A", "I have two, A"),
        ProtectedText.aligned("我有2本，a@b.cn", "I have two, a@b.cn", Language.EN, AB));
    assertEquals(
        List.of("A和B", "A and B"), ProtectedText.aligned("5和5", "5 and 5", Language.EN, AB));
    assertEquals(
        List.of("A、B、3", "3, B, A"),
        ProtectedText.aligned("1、2、3", "3, 2, 1", Language.EN, AB),
        "more spans than placeholders");
    assertTrue(ProtectedText.aligned("两个", "two", Language.EN, AB).isEmpty());
  }

  @Test
  void copiedSpansAreCountedOnceEach() {
    ProtectedText text = ProtectedText.of("5、5和555", Language.EN);
    assertEquals(3, text.copied("5, 5 and 555"));
    assertEquals(2, text.copied("5 and 555"));
    assertEquals(1, text.copied("555"));
    assertEquals(0, text.copied("none"));
  }
}
