package org.yuqiao.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSDoc types of the page's scripts hold, by the TypeScript compiler in the browser. */
@BrowserTest
class TypeCheckTest {
  private static final Path PAGE = Path.of("src/main/resources/org/yuqiao/server/page");
  private static final Path TYPES = Path.of("src/test/resources/org/yuqiao/server/browser/types");
  private static final String TYPESCRIPT = "META-INF/resources/webjars/typescript/5.9.3/lib/";

  private HttpServer server;
  private Map<String, String> files;

  @BeforeEach
  void serveCompilerAndSources() throws IOException {
    files = new TreeMap<>();
    addAll(PAGE, ".js", "/page/");
    addAll(TYPES, ".d.ts", "/types/");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void addAll(Path folder, String ending, String prefix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(ending)).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        files.put(prefix + name, Files.readString(file));
      }
    }
  }

  /** The compiler, its libraries of types by name, and all sources as one JSON object. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body =
        switch (path) {
          case "/" -> "<!doctype html><link rel=icon href=data:,>".getBytes(StandardCharsets.UTF_8);
          case "/sources.json" -> new ObjectMapper().writeValueAsBytes(files);
          default -> resource(TYPESCRIPT + path.substring(1));
        };
    exchange
        .getResponseHeaders()
        .set("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html;charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TypeCheckTest.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  private List<String> check(Browser browser) throws IOException {
    browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    String checker =
        new String(resource("org/yuqiao/server/browser/typecheck.js"), StandardCharsets.UTF_8);
    return browser.scriptThatCalls(checker);
  }

  @Test
  void scriptsOfThePageHaveNoTypeError(Browser browser) throws IOException {
    assertFalse(files.keySet().stream().noneMatch(name -> name.startsWith("/page/views/")));
    assertEquals("", String.join("\n", check(browser)));
  }

  @Test
  void aTypeErrorIsFound(Browser browser) throws IOException {
    files.put(
        "/page/wrong.js",
        """
        // @ts-check
        import {html} from 'lit-html';
        /** @param {number} x */ export function f(x) { return x.length + html; }
        """);
    assertEquals(
        List.of("wrong.js:3: Property 'length' does not exist on type 'number'."),
        check(browser).stream().filter(line -> line.startsWith("wrong.js:3: Prop")).toList());
  }
}
