package org.yuqiao.server.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * What a test sees and types with. Every look waits until its condition holds, at most {@link
 * #PATIENCE}.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();

  Browser(ChromeDriver driver) {
    this.driver = driver;
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
  }

  /** Leaves the page, which ends its requests: the server waits for them when it stops. */
  void leave() {
    bytesPerSecond(-1);
    driver.get("about:blank");
  }

  /** Forgets the last test: storage, emulation, logs. */
  void reset() {
    leave();
    command("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
    command("Emulation.clearDeviceMetricsOverride", Map.of());
    command("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
    errors();
    network();
    requests.clear();
    bytes.clear();
  }

  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** Limits what arrives from now on, as a slow network does; -1: without limit. */
  void bytesPerSecond(int limit) {
    command(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline", false, "latency", 0, "downloadThroughput", limit, "uploadThroughput", -1));
  }

  void open(String address) {
    driver.get(address);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  void back() {
    driver.navigate().back();
  }

  /** The value of a JavaScript function's body. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T script(String body, Object... arguments) {
    return (T) driver.executeScript(body, arguments);
  }

  /** The same for a body that calls its last argument with the value. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T scriptThatCalls(String body, Object... arguments) {
    return (T) driver.executeAsyncScript(body, arguments);
  }

  void waitUntil(String what, Supplier<Boolean> condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class, JavascriptException.class)
        .withMessage(what)
        .until(d -> condition.get());
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  boolean has(String selector) {
    return !all(selector).isEmpty();
  }

  /** The first visible element. */
  WebElement find(String selector) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(selector)
        .until(
            d -> all(selector).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /** Clicks, again if the page has just drawn the element anew. */
  void click(String selector) {
    waitUntil(
        "click " + selector,
        () -> {
          WebElement element = find(selector);
          driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
          element.click();
          return true;
        });
  }

  /** The shown text, without what is around it. */
  String text(String selector) {
    String[] text = new String[1];
    waitUntil(
        "text of " + selector,
        () -> {
          text[0] = find(selector).getText().strip();
          return true;
        });
    return text[0];
  }

  List<String> texts(String selector) {
    return script(
        "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())",
        selector);
  }

  /** Replaces what a field holds. */
  void type(String selector, String text) {
    WebElement field = find(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field.sendKeys(text);
  }

  /** Sets a field whose keys mean something else, such as a slider, and says so to the page. */
  void set(String selector, String value) {
    find(selector);
    script(
        """
        const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', {bubbles: true}));
        field.dispatchEvent(new Event('change', {bubbles: true}));
        """,
        selector,
        value);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void hover(String selector) {
    new Actions(driver).moveToElement(find(selector)).perform();
  }

  /** A window of this size in CSS pixels; narrower than Chromium's own windows can be. */
  void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The system's setting: light or dark. */
  void scheme(String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Writes the whole page as PNG: in a window as high as the page, as heat maps fill windows. */
  void picture(Path file) throws IOException {
    List<Number> window =
        script(
            "return [innerWidth, innerHeight, Math.max(innerHeight, document.documentElement.scrollHeight)]");
    int width = window.get(0).intValue();
    size(width, window.get(2).intValue());
    scriptThatCalls(
        "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 200));");
    Map<String, Object> picture = command("Page.captureScreenshot", Map.of("format", "png"));
    size(width, window.get(1).intValue());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
  }

  /** Errors and warnings that the page logged since the last call. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The addresses asked for since the test began. */
  List<String> requests() {
    network();
    return List.copyOf(requests);
  }

  /** Bytes of all answers since the test began, as they came over the wire. */
  long bytes() {
    network();
    return bytes.stream().mapToLong(Long::longValue).sum();
  }

  private void network() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = message(entry);
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requests.add(message.path("params").path("request").path("url").asText());
        case "Network.loadingFinished" ->
            bytes.add(message.path("params").path("encodedDataLength").asLong());
        default -> {}
      }
    }
  }

  private static JsonNode message(LogEntry entry) {
    try {
      return JSON.readTree(entry.getMessage()).path("message");
    } catch (IOException e) {
      throw new IllegalStateException("a log line of the browser is no JSON", e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
