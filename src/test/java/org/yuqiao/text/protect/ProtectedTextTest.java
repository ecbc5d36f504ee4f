package org.yuqiao.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
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
        "电话+86 138 0000 5678，分机12 | +86 138 0000 5678 12",
        "Rooms 12 and 3D. | 12 3",
        "20世纪90年代有5家店 | 5",
      })
  void spansAreFound(String text, String spans) {
    assertEquals(spans, spans(ProtectedText.of(text, Language.EN)));
  }

  private static String spans(ProtectedText text) {
    return text.spans().stream().map(ProtectedSpan::text).collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ZH | 2024年10月1日见 | 2024年10月1日 | October 1, 2024",
        "ZH | 今天是十月九号 | 十月九号 | October 9",
        "ZH | 二〇二五年十二月三十一日 | 二〇二五年十二月三十一日 | December 31, 2025",
        "ZH | 二十日以前，五月二十日 | 五月二十日 | May 20",
        "ZH | 1998 年 7 月 4 日生 | 1998 年 7 月 4 日 | July 4, 1998",
        "ZH | 从2024年10月起 | 2024年10月 | October 2024",
        "ZH | 有1.4亿人口 | 1.4亿 | 140 million",
        "ZH | 卖了3万本 | 3万 | 30,000",
        "ZH | 5千万元 | 5千万 | 50 million",
        "ZH | 8千多块 | 8千 | 8,000",
        "ZH | ６点 | ６ | 6",
        "ZH | ￥59.90/盒 | ￥59.90 | ¥59.90",
        "ZH | 好👍👍👍 | 👍👍👍 | 👍👍👍",
        "ZH | 我爱你❤️ | ❤️ | ❤️",
        "EN | on October 1, 2024. | October 1, 2024 | 2024年10月1日",
        "EN | It's May 12th today. | May 12th | 5月12日",
        "EN | 4 July 1998 | 4 July 1998 | 1998年7月4日",
        "EN | since Oct. 2024 | Oct. 2024 | 2024年10月",
        "EN | 5 million people | 5 million | 500万",
        "EN | 1.4 billion | 1.4 billion | 14亿",
        "EN | 3 thousand | 3 thousand | 3,000",
      })
  void datesAndLargeNumbersHaveTheFormOfTheOtherLanguage(
      Language language, String text, String span, String translation) {
    ProtectedText found = ProtectedText.of(text, language);
    assertEquals(span, spans(found));
    assertEquals(translation, found.spans().get(0).translation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ZH | 我5月来",
        "ZH | 十三月一日",
        "ZH | 三日，十几日",
        "ZH | 3万5千",
        "ZH | 三万人，两千块",
        "EN | may 5 people come",
        "EN | Mary, Marching and Mayor",
        "EN | millions of people, two million"
      })
  void whatIsNoWholeDateOrNumberIsLeftToTheModel(Language language, String text) {
    assertEquals(
        "",
        ProtectedText.of(text, language).spans().stream()
            .filter(span -> !span.text().equals(span.translation()))
            .map(ProtectedSpan::text)
            .collect(Collectors.joining(" ")));
  }

  @Test
  void formsOfTheSameDateGetTheSamePlaceholder() {
    assertEquals(
        List.of("A我有B", "I had B on A"),
        ProtectedText.aligned("10月1号我有3万元", "I had 30,000 on October 1st", Language.EN, AB).stream()
            .map(side -> side.replace("元", ""))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3月来",
        "打8折",
        "2nd place",
        "the 1990s",
        "B2B and COVID-19",
        "100% sure of %",
        "a < b and c > d",
        "no.",
        "三个人"
      })
  void numbersThatChangeInTranslationAndOrdinaryTextAreNone(String text) {
    String spans = spans(ProtectedText.of(text, Language.EN));
    assertEquals(text.contains("100%") ? "100%" : "", spans);
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
    assertEquals(spans, spans(ProtectedText.of(text, Language.ZH)));
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
  @Tag("slow")
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
    assertEquals(
        text,
        Placeholders.replaced(
            placed, found.spans().stream().map(ProtectedSpan::translation).toList()));
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
