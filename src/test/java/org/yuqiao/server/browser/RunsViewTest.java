package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The view Runs. */
@BrowserTest
class RunsViewTest {
  @Test
  void aFinishedRunHasCurvesSettingsAndSamples(Browser browser, Explorer explorer) {
    explorer.open(browser, "runs", "runs=finished");
    assertTrue(browser.has(".run-state.complete"));
    assertTrue(browser.all(".runs-chart").size() >= 2);
    assertTrue(browser.texts(".runs-settings code").contains("train.steps"));
    assertTrue(!browser.texts(".samples .translation").isEmpty());
  }

  @Test
  void aTrainingIsFollowedWhileItRuns(Browser browser, Explorer explorer) {
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try {
                explorer.train(
                    "live", "train: {minutes: 0.15, validateMinutes: 0, validateSteps: 40}");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    browser.waitUntil(
        "the run is listed",
        () -> {
          try {
            return explorer.get("runs").toString().contains("\"live\"");
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    browser.open(explorer.address("runs?runs=live"));
    browser.waitUntil("it runs", () -> browser.has(".run-state.running"));
    browser.waitUntil("its first step", () -> step(browser) > 0);
    long before = step(browser);
    browser.waitUntil("it went on", () -> step(browser) > before);
    browser.waitUntil("it ended", () -> browser.has("li.shown .run-state.complete"));
    training.join();
    assertEquals("complete", state(explorer));
  }

  private static long step(Browser browser) {
    String facts = browser.text("li.shown .run-facts").replaceAll("zh-en|en-zh", "");
    return Long.parseLong(facts.replaceAll("(?s)^\\D*([0-9,]+).*", "$1").replace(",", ""));
  }

  private static String state(Explorer explorer) {
    try {
      return explorer.get("runs/live").path("state").asText();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
