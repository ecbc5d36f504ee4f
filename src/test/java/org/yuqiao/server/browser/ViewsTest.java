package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every view: it opens by its address, is accessible in both languages, and fits a phone. */
@BrowserTest
class ViewsTest {
  static Stream<String> views() {
    return Explorer.VIEWS.stream();
  }

  @ParameterizedTest
  @MethodSource("views")
  void breaksNoRuleOfAccessibility(String view, Browser browser, Explorer explorer) {
    List<String> found = new ArrayList<>();
    explorer.open(browser, view, "text=他的妻子是一名护士。");
    for (String language : List.of("en", "zh")) {
      explorer.choose(browser, language);
      for (String scheme : List.of("light", "dark")) {
        browser.scheme(scheme);
        explorer.settle(browser, view);
        for (String violation : Axe.violations(browser)) {
          found.add(language + " " + scheme + " " + violation);
        }
      }
    }
    assertEquals("", String.join("\n", found));
  }

  @ParameterizedTest
  @MethodSource("views")
  void fitsAWindowOf360Pixels(String view, Browser browser, Explorer explorer) {
    browser.size(360, 740);
    explorer.open(browser, view, "text=他的妻子是一名护士。");
    for (String language : List.of("en", "zh")) {
      explorer.choose(browser, language);
      long width = browser.script("return document.documentElement.scrollWidth");
      List<String> wide =
          browser.script(
              """
              const clipped = e => e !== document.body
                  && (getComputedStyle(e).overflowX !== 'visible' || clipped(e.parentElement));
              return [...document.querySelectorAll('main *')]
                  .filter(e => e.getBoundingClientRect().right > 361 && !clipped(e))
                  .slice(0, 5).map(e => `${e.tagName}.${e.getAttribute('class')}`);
              """);
      assertTrue(width <= 360, language + ": " + width + " pixels wide: " + wide);
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void speaksTheChosenLanguageOnly(String view, Browser browser, Explorer explorer) {
    explorer.open(browser, view);
    explorer.choose(browser, "en");
    assertEquals("en", browser.script("return document.documentElement.lang"));
    assertTrue(browser.text("h1").matches("[^\\p{IsHan}]+"), browser.text("h1"));
    explorer.choose(browser, "zh");
    assertEquals("zh-Hans", browser.script("return document.documentElement.lang"));
    assertTrue(browser.text("h1").matches(".*\\p{IsHan}.*"), browser.text("h1"));
  }
}
