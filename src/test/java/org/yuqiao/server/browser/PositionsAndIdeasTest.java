package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The views Positions and Ideas. */
@BrowserTest
class PositionsAndIdeasTest {
  @Test
  void everySchemeOfTheApiCanBeChosen(Browser browser, Explorer explorer) throws Exception {
    explorer.open(browser, "positions");
    int schemes = explorer.get("positions?model=zh-en&length=64").path("schemes").size();
    assertTrue(schemes >= 2, schemes + " schemes");
    assertEquals(schemes, browser.all(".segmented:has(.own-mark) button").size());
    browser.click(".segmented:has(.own-mark) button:last-child");
    explorer.settle(browser, "positions");
    assertTrue(browser.has(".plot-place"));
  }

  @Test
  void everyIdeaLeadsToAViewThatOpens(Browser browser, Explorer explorer) {
    explorer.open(browser, "ideas");
    List<String> links =
        browser.script(
            """
            return [...new Set([...document.querySelectorAll('main a[href^="/"]')]
                .map(a => a.getAttribute('href')))];
            """);
    assertTrue(links.size() >= 25, links.size() + " links");
    for (String link : links) {
      browser.open(explorer.address(link.substring(1)));
      explorer.settle(browser, link.substring(1).replaceAll("[?#].*", ""));
      assertTrue(!browser.has(".state-problem, .state-empty"), link);
    }
  }

  @Test
  void ideasAreSearchedInBothLanguages(Browser browser, Explorer explorer) {
    explorer.open(browser, "ideas");
    browser.type("input[type=search]", "one-hot");
    browser.waitUntil("fewer ideas", () -> browser.address().contains("q=one-hot"));
    assertTrue(browser.text("main").toLowerCase(Locale.ROOT).contains("one-hot"));
  }
}
