package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of one sentence of a text, in the views that look at one. */
@BrowserTest
class SentencePickerTest {
  private static final String TEXT = "他的妻子是一名护士。\n好久不见。";

  @ParameterizedTest
  @CsvSource({
    "steps, .steps-tokens .token, 好久不见",
    "attention, .detail-line .token, Long",
    "compare, .compare-card .token, Long"
  })
  void theNextSentenceIsShown(
      String view, String tokens, String expected, Browser browser, Explorer explorer) {
    explorer.open(browser, view, "text=" + TEXT);
    assertFalse(shown(browser, tokens).contains(expected));
    assertEquals(2, browser.all(".sentence-picker option").size());
    browser.click(".sentence-picker button:last-of-type");
    explorer.settle(browser, view);
    browser.waitUntil("the second sentence", () -> shown(browser, tokens).contains(expected));
    assertTrue(browser.address().contains("sentence=2"), browser.address());
    browser.back();
    browser.waitUntil(
        "the first sentence",
        () -> browser.has(tokens) && !shown(browser, tokens).contains(expected));
  }

  private static String shown(Browser browser, String tokens) {
    return String.join("", browser.texts(tokens));
  }

  @Test
  void everyWayToDecodeReadsTheChosenSentence(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "decode", "text=" + TEXT, "sentence=2");
    String best = explorer.post("next", "{\"text\": \"好久不见。\"}").at("/candidates/0/token").asText();
    assertEquals(best.replace("\u2581", ""), browser.texts(".candidate-token").get(0));
    browser.click("[role=tab][data-value=beam]");
    explorer.settle(browser, "decode");
    assertEquals("Long time no see.", browser.text(".beam-hypotheses .chosen .link-button"));
    browser.click(".sentence-picker button:first-of-type");
    browser.waitUntil(
        "the first sentence",
        () -> browser.text(".beam-hypotheses .chosen .link-button").contains("nurse"));
  }

  @Test
  void theSentenceStaysChosenInTheNextView(Browser browser, Explorer explorer) {
    explorer.open(browser, "steps", "text=" + TEXT, "sentence=2");
    browser.click(".site-nav a[href^='/attention']");
    explorer.settle(browser, "attention");
    assertEquals("2", browser.find(".sentence-picker select").getDomProperty("value"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "attention", "decode", "compare"})
  void aSingleSentenceNeedsNoChoice(String view, Browser browser, Explorer explorer) {
    explorer.open(browser, view, "text=好久不见。\n=====");
    assertFalse(browser.has(".sentence-picker"));
  }
}
