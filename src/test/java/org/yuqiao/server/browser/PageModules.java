package org.yuqiao.server.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the page's modules to tests of what they compute; lit-html draws nothing there. */
final class PageModules implements AutoCloseable {
  private static final Path PAGE = Path.of("src/main/resources/org/yuqiao/server/page");
  private static final String DOCUMENT =
      """
      <!doctype html><link rel=icon href=data:,>
      <script type="importmap">{"imports":{"lit-html":
        "data:text/javascript,export%20const%20html=0,svg=0,nothing=0,render=0"}}</script>
      """;

  private final HttpServer server;

  PageModules() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", PageModules::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean module = path.endsWith(".js");
    byte[] body =
        module
            ? Files.readAllBytes(PAGE.resolve(path.substring(1)))
            : DOCUMENT.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", module ? "text/javascript" : "text/html;charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The value, as JSON, of a body that sees the module's exports as {@code m}. */
  String value(Browser browser, String module, String body) {
    browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return browser.scriptThatCalls(
        "const done = arguments[arguments.length - 1];"
            + "import(arguments[0]).then(m => {"
            + body
            + "}).then(value => done(JSON.stringify(value)), error => done(String(error)));",
        "/" + module);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
