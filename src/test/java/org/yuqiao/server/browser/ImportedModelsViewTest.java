package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.store.marian.MarianImport;
import org.yuqiao.store.marian.StudentImport;

/**
 * The views with imported models: one of Hugging Face's marian, and a student of Firefox
 * Translations, whose decoder has no self-attention. With {@code -Dyuqiao.pictures=FOLDER} it
 * writes what it sees.
 */
@BrowserTest
class ImportedModelsViewTest {
  private static final Path MODELS = Path.of("src/test/resources/org/yuqiao/store/marian");
  private static final String TEXT = "text=我今天喜欢苹果";

  @TempDir private static Path folder;
  private static Explorer explorer;

  @BeforeAll
  static void start() throws IOException {
    Path marian = folder.resolve("marian");
    new MarianImport(MODELS.resolve("shared"), Optional.empty(), Optional.empty()).write(marian);
    Path tiny = Files.createDirectory(folder.resolve("tiny"));
    for (String name : List.of("model.zhen.bin.gz", "vocab.zhen.spm.gz")) {
      Files.copy(MODELS.resolve("student").resolve(name), tiny.resolve(name));
    }
    Path student = folder.resolve("student");
    new StudentImport(tiny, Optional.empty()).write(student);
    explorer = Explorer.start(List.of(marian, student));
  }

  @AfterAll
  static void stop() throws IOException {
    explorer.close();
  }

  private static void open(Browser browser, String view, String model, String... more)
      throws IOException {
    String[] parameters = {TEXT, "model=" + model};
    String[] all = Arrays.copyOf(parameters, parameters.length + more.length);
    System.arraycopy(more, 0, all, parameters.length, more.length);
    explorer.open(browser, view, all);
    String pictures = System.getProperty("yuqiao.pictures", "");
    if (!pictures.isEmpty()) {
      String name = String.join("-", view, model, String.join("-", more)).replaceAll("[=.]", "-");
      browser.picture(Path.of(pictures, name + ".png"));
    }
  }

  private static boolean hasDecoderHeads(String model) {
    return model.equals("marian");
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void itTranslatesAndShowsWhatTokensAttendTo(String model, Browser browser) throws IOException {
    open(browser, "translate", model);
    browser.waitUntil("attention is there", () -> browser.has(".translate-tokens .token"));
    assertFalse(browser.text(".translate-output").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void headsAreShownOrSaidToBeMissing(String model, Browser browser) throws IOException {
    for (String kind : List.of("encoder", "cross", "decoder")) {
      open(browser, "attention", model, "kind=" + kind);
      if (kind.equals("decoder") && !hasDecoderHeads(model)) {
        assertEquals("This model has no such attention", browser.text(".attention-panel h2"));
        assertTrue(browser.text(".attention-panel").contains("The model student has no heads"));
      } else {
        assertTrue(browser.all(".head-tile").size() >= 4, kind);
        assertTrue(browser.has(".lines-host svg, .lines-host canvas"), kind);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void aHeadIsComputedStepByStepOrSaidToBeMissing(String model, Browser browser)
      throws IOException {
    for (String stack : List.of("encoder", "cross", "decoder")) {
      open(browser, "steps", model, "stack=" + stack, "layer=2", "head=2");
      if (stack.equals("decoder") && !hasDecoderHeads(model)) {
        String problem = browser.text(".state-problem");
        assertTrue(problem.contains("has no self-attention: it has SSRUs"), problem);
        browser.errors(); // the answer 400 is one
      } else {
        assertTrue(browser.all(".step-list li").size() >= 15, stack);
        assertTrue(browser.has(".step-card"), stack);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void embeddingsOfBothSidesAreDrawnWithNeighbors(String model, Browser browser)
      throws IOException {
    for (String side : List.of("source", "target")) {
      String word = side.equals("source") ? "我" : "▁tea";
      open(browser, "embeddings", model, "set=" + model + "." + side, "word=" + word);
      browser.waitUntil("neighbors", () -> browser.has(".similarities tbody tr"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void theNextTokenAndTheBeamAreShown(String model, Browser browser) throws IOException {
    open(browser, "decode", model);
    assertTrue(browser.all(".candidate").size() > 3);
    open(browser, "decode", model, "part=beam");
    assertTrue(browser.has(".view-decode svg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoder", "decoder", "cross"})
  void bothAreCompared(String kind, Browser browser) throws IOException {
    open(browser, "compare", "marian", "b=student", "kind=" + kind);
    assertEquals(2, browser.all(".compare-card").size());
    boolean missing =
        browser.text(".compare-attention").contains("gives no attention of this kind");
    assertEquals(kind.equals("decoder"), missing, browser.text(".compare-attention"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"marian", "student"})
  void positionsAreShown(String model, Browser browser) throws IOException {
    open(browser, "positions", model);
    assertTrue(browser.has(".view-positions canvas"));
  }
}
