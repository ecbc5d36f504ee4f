package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Chromium for all tests of a run, see {@link BrowserTest}. */
final class BrowserExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    Chromium.require();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    browser(context).reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Browser browser = browser(context);
    List<String> errors = browser.errors();
    List<String> elsewhere =
        browser.requests().stream().filter(address -> !isLoopback(address)).toList();
    browser.leave();
    assertEquals(List.of(), errors, "the page logged");
    assertEquals(List.of(), elsewhere, "the page asked another host");
  }

  private static boolean isLoopback(String address) {
    URI uri = URI.create(address.replaceAll("[?#].*", ""));
    return switch (uri.getScheme()) {
      case "data", "blob", "about" -> true;
      default -> "127.0.0.1".equals(uri.getHost());
    };
  }

  /** Added before the browser, and so closed after it: the server waits for its clients. */
  private static final class Server implements AutoCloseable {
    private Optional<Explorer> explorer = Optional.empty();

    synchronized Explorer started() {
      if (explorer.isEmpty()) {
        explorer = Optional.of(start());
      }
      return explorer.get();
    }

    @Override
    public void close() throws IOException {
      if (explorer.isPresent()) {
        explorer.get().close();
      }
    }
  }

  private static Server server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Server.class, type -> new Server(), Server.class);
  }

  private static Browser browser(ExtensionContext context) {
    var unused = server(context);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            Browser.class, type -> new Browser(Chromium.require().start()), Browser.class);
  }

  private static Explorer explorer(ExtensionContext context) {
    return server(context).started();
  }

  private static Explorer start() {
    try {
      return Explorer.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Browser.class || type == Explorer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class
        ? browser(context)
        : explorer(context);
  }
}
