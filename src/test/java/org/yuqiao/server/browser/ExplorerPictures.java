package org.yuqiao.server.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes pictures of every view to {@code target/pictures}: desktop and phone, light and dark,
 * English and Chinese. No test of {@code mvn verify}; run by {@code -Dtest=ExplorerPictures}.
 */
@BrowserTest
class ExplorerPictures {
  private static final Path FOLDER = Path.of("target/pictures");

  @Test
  void everyView(Browser browser, Explorer explorer) throws IOException {
    for (int width : List.of(1280, 360)) {
      browser.size(width, width == 360 ? 740 : 900);
      for (String scheme : List.of("light", "dark")) {
        browser.scheme(scheme);
        for (String language : List.of("en", "zh")) {
          for (String view : Explorer.VIEWS) {
            explorer.open(browser, view, "text=他的妻子是一名护士。");
            explorer.choose(browser, language);
            browser.picture(
                FOLDER.resolve(
                    String.join("-", view, String.valueOf(width), scheme, language) + ".png"));
          }
        }
      }
    }
  }
}
