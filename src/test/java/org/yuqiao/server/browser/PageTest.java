package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page's frame: addresses, Back, language, theme, keyboard, weight, policy, first paint. */
@BrowserTest
class PageTest {
  private static final int MAX_BYTES = 400_000;

  @Test
  void linksCarryTheSentenceAndBackReturns(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=好久不见。");
    String first = browser.address();
    browser.click(".site-nav a[href^='/attention']");
    explorer.settle(browser, "attention");
    assertTrue(browser.address().contains("/attention?text="), browser.address());
    assertEquals("好久不见。", browser.script("return document.querySelector('textarea').value"));
    browser.back();
    explorer.settle(browser, "translate");
    assertEquals(first, browser.address());
  }

  @Test
  void theRootIsTheTranslateView(Browser browser, Explorer explorer) {
    explorer.open(browser, "");
    assertTrue(browser.has(".site-nav a[aria-current='page'][href^='/translate']"));
  }

  @Test
  void languageAndThemeAreRemembered(Browser browser, Explorer explorer) {
    explorer.open(browser, "positions");
    explorer.choose(browser, "zh");
    browser.set(".theme-switch select", "dark");
    String dark = background(browser);
    explorer.open(browser, "ideas");
    assertEquals("zh-Hans", browser.script("return document.documentElement.lang"));
    assertEquals("dark", browser.script("return document.documentElement.dataset.theme"));
    assertEquals(dark, background(browser));
    browser.set(".theme-switch select", "light");
    browser.waitUntil("the page is light", () -> !dark.equals(background(browser)));
  }

  private static String background(Browser browser) {
    return browser.script("return getComputedStyle(document.body).backgroundColor");
  }

  @Test
  void theSystemsSettingMakesThePageDark(Browser browser, Explorer explorer) {
    browser.scheme("light");
    explorer.open(browser, "ideas");
    String light = background(browser);
    browser.scheme("dark");
    browser.waitUntil("the page is dark", () -> !light.equals(background(browser)));
  }

  @Test
  void theKeyboardAloneReachesAViewAndTranslates(Browser browser, Explorer explorer) {
    explorer.open(browser, "ideas");
    browser.script("document.activeElement.blur()");
    browser.press(Keys.TAB);
    assertEquals("skip-link", browser.script("return document.activeElement.className"));
    browser.press(Keys.TAB, Keys.TAB);
    assertTrue(
        browser
            .<String>script("return document.activeElement.getAttribute('href') ?? ''")
            .startsWith("/translate"));
    browser.press(Keys.ENTER);
    explorer.settle(browser, "translate");
    tabTo(browser, "translate-text");
    browser.press("Hello.");
    browser.press(Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.waitUntil(
        "a Chinese translation",
        () -> browser.text(".translate-output").matches("(?s).*\\p{IsHan}.*"));
  }

  private static void tabTo(Browser browser, String id) {
    for (int i = 0; i < 60; i++) {
      if (id.equals(browser.script("return document.activeElement.id"))) {
        return;
      }
      browser.press(Keys.TAB);
    }
    throw new AssertionError("Tab does not reach " + id);
  }

  @Test
  void anUnknownAddressSaysSo(Explorer explorer) throws Exception {
    assertEquals(404, explorer.page("nothing-here").statusCode());
  }

  @Test
  void weighsLessThan400Kilobytes(Browser browser, Explorer explorer) {
    browser.command("Network.setCacheDisabled", java.util.Map.of("cacheDisabled", true));
    explorer.open(browser, "translate");
    long first = browser.bytes();
    for (String view : Explorer.VIEWS) {
      browser.click(".site-nav a[href^='/" + view + "']");
      explorer.settle(browser, view);
    }
    List<Long> page =
        browser.script(
            """
            return [performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')].flat()
                .filter(e => !e.name.includes('/api/')).map(e => e.transferSize);
            """);
    long all = page.stream().mapToLong(Number::longValue).sum();
    System.out.printf("page weight: %d bytes for the first view, %d for all%n", first, all);
    assertTrue(all > 50_000, all + " bytes");
    assertTrue(all < MAX_BYTES, all + " bytes");
  }

  @Test
  void paintsAtOnceAndTheFirstTokenFollows(Browser browser, Explorer explorer) {
    explorer.open(browser, "translate", "text=好久不见。");
    explorer.open(browser, "translate");
    double paint =
        browser
            .<Number>script(
                "return performance.getEntriesByName('first-contentful-paint')[0].startTime")
            .doubleValue();
    double token =
        browser
            .<Number>scriptThatCalls(
                """
                const done = arguments[arguments.length - 1];
                const begun = performance.now();
                fetch('/api/v1/translate/stream', {
                  method: 'POST', headers: {'Content-Type': 'application/json'},
                  body: JSON.stringify({text: '今天天气很好，我们去公园吧。'}),
                }).then(async response => {
                  const reader = response.body.getReader();
                  const decoder = new TextDecoder();
                  let text = '';
                  // A fast machine has the whole sentence before the first token is sent.
                  while (!/event: ?(token|sentence)/.test(text)) {
                    const chunk = await reader.read();
                    if (chunk.done) {
                      return done(Infinity);
                    }
                    text += decoder.decode(chunk.value);
                  }
                  reader.cancel();
                  done(performance.now() - begun);
                });
                """)
            .doubleValue();
    System.out.printf("first paint after %.0f ms, first token after %.0f ms%n", paint, token);
    assertTrue(paint < 5000 && token < 5000, paint + " ms, " + token + " ms");
  }

  @Test
  void theContentSecurityPolicyIsStrict(Explorer explorer)
      throws IOException, InterruptedException {
    for (String view : Explorer.VIEWS) {
      HttpResponse<String> answer = explorer.page(view);
      assertEquals(200, answer.statusCode());
      String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
      assertTrue(!policy.contains("unsafe") && !policy.contains("http"), policy);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }
}
