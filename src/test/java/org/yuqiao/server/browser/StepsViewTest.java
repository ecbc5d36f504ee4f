package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The view Step by step. */
@BrowserTest
class StepsViewTest {
  private static final String TEXT = "好久不见。";
  private static final Set<String> ROWS_OF_KEYS = Set.of("key", "value", "memory");

  @ParameterizedTest
  @ValueSource(strings = {"encoder", "decoder", "cross"})
  void everyStepShowsTheNumbersOfTheApi(String stack, Browser browser, Explorer explorer)
      throws IOException, InterruptedException {
    JsonNode trace =
        explorer.post(
            "steps",
            "{\"text\": \"%s\", \"stack\": \"%s\", \"layer\": 2, \"head\": 3}"
                .formatted(TEXT, stack));
    explorer.open(
        browser, "steps", "text=" + TEXT, "stack=" + stack, "layer=2", "head=3", "token=2");
    browser.click(".step-matrix details summary");
    browser.waitUntil("the table is shown", () -> browser.has(".step-matrix details td"));
    JsonNode steps = trace.path("steps");
    assertTrue(steps.size() >= 20, steps.size() + " steps");
    for (int i = 0; i < steps.size(); i++) {
      String id = steps.get(i).path("id").asText();
      assertEquals(
          id, browser.address().contains("step=") ? parameter(browser, "step") : id, "step " + i);
      if (!id.equals("one-hot")) {
        int row = ROWS_OF_KEYS.contains(id) ? 0 : 2;
        JsonNode expected = steps.get(i).path("values").get(row);
        List<Double> shown = shown(browser);
        assertEquals(numbers(expected, shown.size()), shown, id);
        assertEquals(Math.min(80, expected.size()), shown.size(), id);
      }
      if (i + 1 < steps.size()) {
        browser.click(".stepper .primary");
        explorer.settle(browser, "steps");
      }
    }
    assertTrue(browser.find(".stepper .primary").getAttribute("disabled") != null);
  }

  private static String parameter(Browser browser, String name) {
    return browser.script("return new URLSearchParams(location.search).get(arguments[0])", name);
  }

  private static List<Double> shown(Browser browser) {
    List<Double> numbers = new ArrayList<>();
    for (String text : browser.texts(".step-matrix details td")) {
      numbers.add(
          text.matches("[-−0-9.e+]+") ? Double.valueOf(text.replace('−', '-')) : Double.NaN);
    }
    return numbers;
  }

  private static List<Double> numbers(JsonNode row, int count) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(row.get(i).isNumber() ? row.get(i).asDouble() : Double.NaN);
    }
    return numbers;
  }

  @Test
  void arrowKeysGoFromStepToStep(Browser browser, Explorer explorer) {
    explorer.open(browser, "steps", "text=" + TEXT, "step=query");
    browser.script("document.activeElement.blur()");
    browser.press(Keys.ARROW_RIGHT);
    browser.waitUntil("the next step", () -> "key".equals(parameter(browser, "step")));
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.waitUntil(
        "the step before", () -> !Set.of("query", "key").contains(parameter(browser, "step")));
  }

  @Test
  void theChosenTokensWeightsAddUpToOne(Browser browser, Explorer explorer) {
    explorer.open(browser, "steps", "text=" + TEXT, "stack=cross", "step=weights");
    browser.click(".steps-tokens .token[data-index='3']");
    explorer.settle(browser, "steps");
    assertEquals("3", parameter(browser, "token"));
    browser.click(".step-matrix details summary");
    explorer.settle(browser, "steps");
    assertEquals(1, shown(browser).stream().mapToDouble(Double::doubleValue).sum(), 1e-5);
  }
}
