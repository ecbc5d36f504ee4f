package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The view Decode. */
@BrowserTest
class DecodeViewTest {
  private static final String TEXT = "今天天气很好，我们去公园吧。";

  private static double share(Browser browser, String kind) {
    String text = browser.texts(".candidate-share." + kind).get(0);
    return Double.parseDouble(text.replaceAll("[^0-9.]", ""));
  }

  @Test
  void aLowerTemperatureSharpensAndLeavesTheModelsProbability(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "decode", "text=" + TEXT);
    double model = share(browser, "model");
    double before = share(browser, "sampled");
    assertEquals(model, before, 0.11);
    browser.set("input[type=range]", "0.3");
    browser.waitUntil("a sharper distribution", () -> share(browser, "sampled") > before + 1);
    assertEquals(model, share(browser, "model"), 1e-9);
    JsonNode best =
        explorer
            .post("next", "{\"text\": \"" + TEXT + "\", \"prefix\": [], \"temperature\": 0.3}")
            .at("/candidates/0");
    assertEquals(100 * best.path("sampled").asDouble(), share(browser, "sampled"), 0.06);
    assertTrue(browser.address().contains("temperature=0.3"), browser.address());
  }

  @Test
  void aTokenOfOnesOwnChoiceIsGoneOnFrom(Browser browser, Explorer explorer) {
    explorer.open(browser, "decode", "text=" + TEXT);
    String second = browser.texts(".candidate-token").get(1);
    browser.click(".candidate:nth-child(2) button");
    browser.waitUntil(
        "the prefix",
        () ->
            browser
                .text(".decode-text")
                .toLowerCase(Locale.ROOT)
                .startsWith(second.toLowerCase(Locale.ROOT)));
    browser.waitUntil(
        "other candidates", () -> !browser.texts(".candidate-token").get(1).equals(second));
    browser.click(".decode-buttons .primary");
    browser.waitUntil("the end", () -> browser.has(".decode-ended"));
    assertTrue(browser.text(".decode-text").length() > second.length() + 3);
  }

  @Test
  void theBeamIsATreeWalkedByTheKeyboard(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "decode", "text=" + TEXT, "part=beam", "beam=3");
    int nodes =
        explorer
            .post("explain", "{\"text\": \"" + TEXT + "\", \"beam\": 3}")
            .at("/sentences/0/beam/nodes")
            .size();
    assertEquals(nodes, browser.all(".beam-node").size());
    browser.click(".checkbox input");
    browser.waitUntil("pruned branches are gone", () -> browser.all(".beam-node").size() < nodes);
    browser.click(".beam-hypotheses .link-button");
    String path = browser.text(".beam-prefix");
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.waitUntil("the node before", () -> !browser.text(".beam-prefix").equals(path));
    assertTrue(browser.address().contains("pruned=hide"), browser.address());
  }

  @Test
  void arrowKeysGoFromTabToTab(Browser browser, Explorer explorer) {
    explorer.open(browser, "decode", "text=" + TEXT);
    browser.script("document.querySelector('[role=tab][aria-selected=true]').focus()");
    browser.press(Keys.ARROW_RIGHT);
    explorer.settle(browser, "decode");
    assertEquals("beam", browser.script("return document.activeElement.dataset.value"));
    assertTrue(browser.has("[role=tabpanel] [role=tree]"));
    browser.press(Keys.END);
    assertEquals("forced", browser.script("return document.activeElement.dataset.value"));
  }

  @Test
  void aWiderBeamHasMoreNodes(Browser browser, Explorer explorer) {
    explorer.open(browser, "decode", "text=" + TEXT, "part=beam", "beam=2");
    int before = browser.all(".beam-node").size();
    browser.set(".beam-controls input[type=range]", "6");
    browser.waitUntil("more nodes", () -> browser.all(".beam-node").size() > before);
  }

  @Test
  void teacherForcingStandsBesideStepwiseDecoding(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    String reference = "It is fine today. Let us walk.";
    explorer.open(browser, "decode", "text=" + TEXT, "part=forced", "translation=" + reference);
    JsonNode positions =
        explorer
            .post("forced", "{\"text\": \"" + TEXT + "\", \"translation\": \"" + reference + "\"}")
            .path("positions");
    browser.waitUntil("the table", () -> browser.has(".forced-table tbody tr"));
    List<String> given = browser.texts(".forced-table tbody td:nth-of-type(2)");
    assertTrue(given.size() >= positions.size(), given.toString());
    assertNotEquals(0, browser.all(".differs").size());
  }
}
