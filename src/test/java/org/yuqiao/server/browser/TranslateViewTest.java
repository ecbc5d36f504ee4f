package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The view Translate. */
@BrowserTest
class TranslateViewTest {
  private static final String OUTPUT = ".translate-output";

  private static void translate(Browser browser, Explorer explorer, String text) {
    explorer.open(browser, "translate");
    browser.type("#translate-text", text);
    browser.click(".translate-foot .primary");
    explorer.settle(browser, "translate");
    browser.waitUntil("a translation", () -> browser.has(OUTPUT + " .token"));
    explorer.settle(browser, "translate");
  }

  @Test
  void translatesBothDirectionsByTheScriptOfTheText(Browser browser, Explorer explorer) {
    translate(browser, explorer, "好久不见。");
    assertEquals("Long time no see.", browser.text(OUTPUT));
    translate(browser, explorer, "Hello.");
    assertTrue(browser.text(OUTPUT).matches("\\p{IsHan}+。"), browser.text(OUTPUT));
  }

  @Test
  void tokensArriveOneAfterTheOther(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate");
    browser.script(
        """
        window.lengths = [];
        const output = document.querySelector('.translate-output');
        new MutationObserver(() => lengths.push(output.querySelectorAll('.token').length))
            .observe(output, {childList: true, subtree: true, characterData: true});
        """);
    browser.bytesPerSecond(60_000); // else a whole translation may arrive between two frames
    browser.type("#translate-text", "我昨天在公园里看见一个老人，他正在给孩子们讲一个很长的故事。");
    browser.click(".translate-foot .primary");
    explorer.settle(browser, "translate");
    List<Long> lengths = browser.script("return [...new Set(lengths)]");
    assertTrue(lengths.size() >= 3, lengths.toString());
  }

  @Test
  void aParagraphKeepsItsLineBreaks(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=好久不见。\n\n你好。");
    List<String> lines = browser.texts(".translate-line");
    assertEquals(3, lines.size(), lines.toString());
    assertEquals("", lines.get(1));
    List<Number> heights =
        browser.script(
            "return [...document.querySelectorAll('.translate-line')].map(e => e.offsetHeight)");
    assertTrue(heights.get(1).doubleValue() > 20, heights.toString());
    assertEquals(2, browser.all(".translate-sentences li").size());
  }

  @Test
  void aScreenReaderHearsEachSentenceAsItIsTranslated(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate");
    assertEquals(
        "polite", browser.script("return document.getElementById('announcements').ariaLive"));
    browser.script(
        """
        window.heard = [];
        const region = document.getElementById('announcements');
        new MutationObserver(() => region.textContent && heard.push(region.textContent))
            .observe(region, {childList: true, characterData: true, subtree: true});
        """);
    browser.type("#translate-text", "好久不见。");
    browser.click(".translate-foot .primary");
    browser.waitUntil(
        "the translation is announced",
        () -> browser.<List<String>>script("return heard").contains("Long time no see."));
  }

  @Test
  void aHopelessLineIsCopiedAndSaysSo(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=好久不见。\n=====");
    assertEquals("=====", browser.text(".translate-copied"));
    assertTrue(!browser.text(".translate-note").isEmpty());
  }

  @Test
  void theNBestListHasRankedScores(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=今天天气很好，我们去公园吧。");
    browser.click(".translate-nbest > button");
    browser.waitUntil("five translations", () -> browser.all(".nbest li").size() == 5);
    List<Double> scores =
        browser.texts(".nbest .number").stream()
            .map(score -> Double.valueOf(score.replace('−', '-')))
            .toList();
    assertEquals(scores.stream().sorted((a, b) -> Double.compare(b, a)).toList(), scores);
    assertEquals(browser.text(OUTPUT), browser.text(".nbest li span"));
    assertTrue(browser.address().contains("nbest="), browser.address());
  }

  @Test
  void pointingAtATokenLightsTheSource(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=他的妻子是一名护士。");
    browser.waitUntil("attention is there", () -> browser.has(".translate-tokens .token"));
    browser.hover(OUTPUT + " .token");
    browser.waitUntil("light in the source", () -> browser.has(".translate-lights mark"));
    assertTrue(
        browser.text(".translate-attends").contains("%"), browser.text(".translate-attends"));
  }

  @Test
  void anEarlierTextIsInTheHistory(Browser browser, Explorer explorer) {
    translate(browser, explorer, "好久不见。");
    browser.type("#translate-text", "Hello.");
    browser.click(".translate-foot .primary");
    browser.waitUntil("the history", () -> browser.has(".translate-history button[aria-label]"));
    browser.click(".translate-history li button");
    browser.waitUntil(
        "the earlier translation", () -> browser.text(OUTPUT).equals("Long time no see."));
  }
}
