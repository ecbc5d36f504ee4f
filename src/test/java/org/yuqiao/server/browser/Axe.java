package org.yuqiao.server.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Accessibility rules of WCAG 2.2 AA and good practice, checked by axe-core on the page as shown.
 */
final class Axe {
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
          found => done(found.violations.flatMap(v => v.nodes.map(
              n => `${v.id}: ${n.target.join(' ')}: ${n.any.concat(n.all, n.none).map(c => c.message).join('; ')}`))),
          problem => done([String(problem)]));
      """;

  private static final String SCRIPT = script();

  private Axe() {}

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for each element that breaks a rule: rule, selector, reason. */
  static List<String> violations(Browser browser) {
    Boolean loaded = browser.script("return typeof axe !== 'undefined'");
    if (!loaded) {
      browser.script(SCRIPT);
    }
    return browser.scriptThatCalls(RUN);
  }
}
