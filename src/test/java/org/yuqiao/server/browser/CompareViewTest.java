package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The view Compare. */
@BrowserTest
class CompareViewTest {
  private static final String TEXT = "今天天气很好，我们去公园吧。";

  @Test
  void twoSettingsOfTheSameSentenceStandSideBySide(Browser browser, Explorer explorer) {
    explorer.open(browser, "compare", "text=" + TEXT, "beamA=1", "beamB=8");
    assertEquals(2, browser.all(".compare-card").size());
    assertTrue(browser.all(".compare-attention canvas.heat-values").size() >= 2);
    List<String> perplexities = browser.texts(".compare-facts div:first-child dd");
    assertEquals(2, perplexities.size());
    assertTrue(perplexities.get(0).matches("\\d+\\.\\d\\d.*(?s).*"), perplexities.toString());
  }

  @Test
  void aHeadIsChosenForBoth(Browser browser, Explorer explorer) {
    explorer.open(browser, "compare", "text=" + TEXT);
    browser.click(".compare-attention [data-value='encoder']");
    browser.waitUntil(
        "the kind is in the address", () -> browser.address().contains("kind=encoder"));
    browser.click(".compare-attention .field:nth-of-type(3) [data-value='2']");
    browser.waitUntil("the head is in the address", () -> browser.address().contains("head=2"));
  }
}
