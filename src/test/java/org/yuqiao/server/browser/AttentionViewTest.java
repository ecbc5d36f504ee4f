package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The view Attention. */
@BrowserTest
class AttentionViewTest {
  private static final String TEXT = "他的妻子是一名护士。";

  @Test
  void aPinnedTokenShowsTheApisWeightsOfTheChosenHead(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "attention", "text=" + TEXT, "kind=cross");
    browser.click(".head-tile[data-head='1-2']");
    explorer.settle(browser, "attention");
    assertTrue(browser.address().contains("layer=2") && browser.address().contains("head=3"));
    browser.click(".detail-line .token[data-index='1']");
    explorer.settle(browser, "attention");
    assertTrue(browser.address().contains("pin=1"), browser.address());
    JsonNode row =
        explorer
            .post("explain", "{\"text\": \"" + TEXT + "\"}")
            .at("/sentences/0/cross/weights/1/2/1");
    String expected =
        StreamSupport.stream(row.spliterator(), false)
            .map(JsonNode::asDouble)
            .sorted((a, b) -> Double.compare(b, a))
            .limit(5)
            .map(weight -> String.format(Locale.ROOT, "%.4f", weight))
            .collect(Collectors.joining(" "));
    assertEquals(
        expected,
        browser.texts(".top-keys tbody tr:not(.rest) td:nth-child(3)").stream()
            .collect(Collectors.joining(" ")));
  }

  @Test
  void theKeyboardGoesFromHeadToHead(Browser browser, Explorer explorer) {
    explorer.open(browser, "attention", "text=" + TEXT, "kind=cross");
    browser.script("document.querySelector('.head-tile[aria-checked=true]').focus()");
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    assertEquals("1-1", browser.script("return document.activeElement.dataset.head"));
    assertTrue(browser.address().contains("layer=2&head=2"), browser.address());
  }

  @Test
  void aDecoderHeadSeesNoLaterToken(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(
        browser, "attention", "text=" + TEXT, "kind=decoder", "layer=1", "head=1", "pin=0");
    assertEquals(1, browser.all(".top-keys tbody tr").size());
    JsonNode matrix =
        explorer
            .post("explain", "{\"text\": \"" + TEXT + "\"}")
            .at("/sentences/0/decoderSelf/weights/0/0");
    assertTrue(
        IntStream.range(0, matrix.size())
            .allMatch(
                t ->
                    IntStream.range(t + 1, matrix.size())
                        .allMatch(s -> matrix.get(t).get(s).asDouble() == 0)));
  }

  @Test
  void aSentenceOfAHundredTokensIsUsable(Browser browser, Explorer explorer) {
    String text = "我昨天在公园里看见一个老人，他给孩子们讲故事，".repeat(6) + "大家都很高兴。";
    explorer.open(browser, "attention", "text=" + text, "kind=encoder");
    assertTrue(browser.all(".detail-line .token").size() > 100);
    long width = browser.script("return document.documentElement.scrollWidth");
    assertEquals(1280, width);
  }
}
