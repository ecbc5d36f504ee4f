package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server keeps from others: files, scripts, other hosts, clients without the token. */
class ServerSecurityTest {
  @TempDir private static Path folder;
  @AutoClose private static ServedExplorer explorer;

  @BeforeAll
  static void start() {
    explorer = ServedExplorer.ofTinyModel(folder);
  }

  /** What the server answers to a request without a body. */
  private static String raw(String head) throws IOException {
    return explorer.raw(head + "Connection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lib/../../etc/passwd",
        "/lib/%2e%2e/%2e%2e/etc/passwd",
        "/..%2fpom.xml",
        "/lib/lit-html/..%5c..%5cpom.xml",
        "/index.html",
        "//etc/passwd"
      })
  void noPathReachesAFile(String path) throws IOException {
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    assertTrue(answer.matches("(?s)HTTP/1.1 40[04].*"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void thePageAllowsNoScriptButItsOwn() {
    for (String view : List.of("/", "/translate", "/attention", "/runs")) {
      HttpResponse<String> page = explorer.send(explorer.request(view).build());
      assertEquals(200, page.statusCode());
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertTrue(page.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({"evil.example,421", "localhost:1,200", "127.0.0.1,200", "[::1]:80,200"})
  void anotherHostIsRefused(String host, int status) throws IOException {
    String answer = raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
  }

  @Test
  void theTokenIsNeededAndTurnsIntoACookie() throws IOException {
    try (ServedExplorer closed =
        ServedExplorer.of(folder, ServerSettings.builder().token("secret"))) {
      ServedExplorer.assertProblem(401, closed.send(closed.request("/translate").build()));
      ServedExplorer.assertProblem(
          401, closed.send(closed.request("/api/v1/models?token=wrong").build()));
      HttpResponse<String> page = closed.send(closed.request("/translate?token=secret").build());
      assertEquals(303, page.statusCode());
      assertEquals("/translate", page.headers().firstValue("Location").orElse(""));
      String cookie = page.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
      HttpRequest.Builder models = closed.request("/api/v1/models");
      assertEquals(
          200, closed.send(models.header("Cookie", cookie.split(";")[0]).build()).statusCode());
      HttpRequest bearer =
          closed.request("/api/v1/models").header("Authorization", "Bearer secret").build();
      assertEquals(200, closed.send(bearer).statusCode());
      assertEquals(200, closed.send(closed.request("/health").build()).statusCode());
      assertTrue(closed.address().endsWith("/?token=secret"));
    }
  }
}
