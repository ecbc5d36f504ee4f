package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The view Embeddings. */
@BrowserTest
class EmbeddingsViewTest {
  private static List<String> words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(n -> n.path("word").asText())
        .toList();
  }

  @Test
  void aSearchedWordShowsItsNeighbors(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "embeddings", "set=vectors-en-skipgram");
    browser.type("#embeddings-search", "teach");
    browser.waitUntil(
        "suggestions", () -> browser.texts("#embeddings-search-list li").contains("teacher"));
    browser.type("#embeddings-search", "teacher");
    browser.waitUntil(
        "the suggestion",
        () -> browser.texts("#embeddings-search-list li").get(0).equals("teacher"));
    browser.press(Keys.ENTER);
    browser.waitUntil("neighbors", () -> browser.has(".similarities tbody tr"));
    explorer.settle(browser, "embeddings");
    assertEquals(
        words(
            explorer
                .get("vectors/vectors-en-skipgram/neighbors?word=teacher&count=12")
                .path("neighbors")),
        browser.texts(".similarities tbody td:first-child"));
    assertTrue(browser.address().contains("word=teacher"), browser.address());
  }

  @Test
  void anAnalogyIsAnsweredAsByTheApi(Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    explorer.open(browser, "embeddings", "set=vectors-en-skipgram", "part=analogy");
    browser.click(".analogy-examples .chip");
    browser.waitUntil("an answer", () -> browser.has(".analogy-best"));
    explorer.settle(browser, "embeddings");
    assertEquals(
        words(
            explorer
                .get("vectors/vectors-en-skipgram/analogy?a=boy&b=girl&c=father&count=8")
                .path("answers")),
        browser.texts(".similarities tbody td:first-child"));
  }

  @Test
  void thePluralDirectionSeparatesSingularAndPlural(Browser browser, Explorer explorer) {
    explorer.open(browser, "embeddings", "set=vectors-en-skipgram", "part=direction");
    browser.waitUntil("pairs", () -> browser.all("circle.plural").size() > 3);
    assertEquals(browser.all("circle.plural").size(), browser.all("circle.singular").size());
  }

  @Test
  void cbowStandsBesideSkipGram(Browser browser, Explorer explorer) {
    explorer.open(browser, "embeddings", "set=vectors-en-skipgram", "part=compare", "word=teacher");
    browser.waitUntil("two lists", () -> browser.all(".similarities").size() == 2);
  }

  @Test
  void theMapIsThereInThreeDimensions(Browser browser, Explorer explorer) {
    explorer.open(browser, "embeddings", "set=vectors-zh-cbow", "dimensions=3", "count=200");
    browser.click(".embeddings-map summary");
    assertEquals(4, browser.all(".embeddings-map thead th").size());
    assertTrue(browser.all(".embeddings-map tbody tr").size() > 50);
  }
}
