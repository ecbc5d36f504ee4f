package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.CdsWarmUp;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.inference.ExplanationJson;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;

/** The server with a tiny untrained model: answers, bad input, safety, stopping. */
class ExplorerServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static ExplorerServer server;

  @BeforeAll
  static void start() {
    CdsWarmUp.write(folder);
    server = started(ServerSettings.builder());
  }

  private static ExplorerServer started(ServerSettingsBuilder settings) {
    ExplorerServer started =
        new ExplorerServer(settings.port(0).models(List.of(folder)).build(), new Backend(1));
    started.start();
    return started;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request(ExplorerServer to, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path));
  }

  private static HttpRequest post(String path, HttpRequest.BodyPublisher body) {
    return request(server, "/api/v1" + path)
        .header("Content-Type", "application/json")
        .POST(body)
        .build();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    return CLIENT.sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static HttpResponse<String> post(String path, String body) {
    return send(post(path, BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  private static void assertProblem(int status, HttpResponse<String> response) throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertEquals(status, json(response).path("status").asInt());
    assertFalse(json(response).path("detail").asText().isEmpty());
  }

  /** The first line and the rest of what the server answers to raw bytes. */
  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aTranslationKeepsLineBreaksAndLeavesHopelessLines() throws IOException {
    JsonNode answer = json(post("/translate", "{\"text\": \"你好。\\r\\n\\n★★★\\nПривет\"}"));
    JsonNode lines = answer.path("lines");
    assertEquals(4, lines.size());
    assertEquals("nothing-to-translate", lines.get(2).path("note").asText());
    assertEquals("other-language", lines.get(3).path("note").asText());
    assertFalse(lines.get(0).has("note"));
    assertEquals(
        lines.get(0).path("translation").asText() + "\r\n\n★★★\nПривет",
        answer.path("text").asText());
  }

  @Test
  void requestsThatWaitTogetherAreAnsweredAsAlone() throws IOException {
    List<String> texts =
        IntStream.range(0, 20).mapToObj(i -> "你好，世界" + "好".repeat(i) + "。").toList();
    List<String> alone = new ArrayList<>();
    try (TranslationModel model = TranslationModel.load(List.of(folder), new Backend(1))) {
      texts.forEach(text -> alone.add(model.translations(text).get(0).text()));
    }
    List<CompletableFuture<HttpResponse<String>>> together =
        texts.stream()
            .map(text -> "{\"text\": \"" + text + "\"}")
            .map(BodyPublishers::ofString)
            .map(body -> CLIENT.sendAsync(post("/translate", body), BodyHandlers.ofString()))
            .toList();
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(alone.get(i), json(together.get(i).join()).path("text").asText());
    }
  }

  @Test
  void aStreamEndsWithTheTranslation() throws IOException {
    String text = "{\"text\": \"你好。世界。\\n!!!\"}";
    HttpResponse<String> stream = post("/translate/stream", text);
    assertEquals(
        "text/event-stream;charset=utf-8",
        stream.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT));
    List<String> events = stream.body().lines().filter(line -> line.startsWith("event:")).toList();
    assertEquals("event: start", events.get(0));
    assertEquals("event: done", events.get(events.size() - 1));
    assertTrue(events.contains("event: token"));
    assertEquals(3, events.stream().filter("event: sentence"::equals).count());
    String last =
        stream.body().lines().filter(line -> line.startsWith("data:")).reduce("", (a, b) -> b);
    assertEquals(
        json(post("/translate", text)).path("text"),
        JSON.readTree(last.substring("data:".length())).path("text"));
  }

  @Test
  void anExplanationIsThatOfTheCommandLine() throws IOException {
    ObjectNode answer = (ObjectNode) json(post("/explain", "{\"text\": \"你好，世界。\"}"));
    answer.remove("model");
    try (TranslationModel model = TranslationModel.load(List.of(folder), new Backend(1))) {
      assertEquals(
          ExplanationJson.text(
              1,
              model.explain(
                  TranslationModel.Line.of("你好，世界。"),
                  model.settings().decode(),
                  LineSplitting.SENTENCES,
                  5)),
          answer.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\": 5} | 'text'",
        "{} | 'text'",
        "{\"text\": \"a\", \"beam\": \"x\"} | 'beam'",
        "{\"text\": \"a\", \"beam\": 1.5} | 'beam'",
        "{\"text\": \"a\", \"beam\": 1000} | 'beam'",
        "{\"text\": \"a\", \"wholeLines\": 1} | 'wholeLines'",
        "{\"text\": \"a\", \"nbest\": 3, \"beam\": 1} | 'nbest'",
        "{\"text\": \"a\", \"secret\": 1} | field",
        "[] | object",
        "{\"text\": | JSON",
      })
  void badBodiesAreNamed(String body, String named) throws IOException {
    for (String path : List.of("/translate", "/translate/stream")) {
      HttpResponse<String> response = post(path, body);
      assertProblem(400, response);
      assertTrue(json(response).path("detail").asText().contains(named), response.body());
      assertFalse(response.body().contains("secret"), response.body());
    }
  }

  @Test
  void otherBadRequestsAreProblems() throws IOException {
    byte[] invalid = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'};
    assertProblem(400, send(post("/translate", BodyPublishers.ofByteArray(invalid))));
    assertProblem(404, post("/translate", "{\"text\": \"a\", \"model\": \"none\"}"));
    assertProblem(404, send(request(server, "/api/v1/none").build()));
    assertProblem(404, send(request(server, "/lib/lit-html/none.js").build()));
    assertProblem(405, send(request(server, "/api/v1/translate").build()));
    assertProblem(413, post("/translate", "{\"text\": \"" + "a".repeat(60_000) + "\"}"));
    HttpRequest text =
        request(server, "/api/v1/translate")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertProblem(415, send(text));
  }

  @Test
  void aBodyOfTenMegabytesIsRefusedWithoutReadingIt() throws IOException {
    String answer =
        raw(
            String.join(
                "\r\n",
                "POST /api/v1/translate HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 10000000",
                ""));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
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
      HttpResponse<String> page = send(request(server, view).build());
      assertEquals(200, page.statusCode());
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertTrue(page.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }

  @Test
  void filesOfThePageAreRevalidated() {
    HttpResponse<String> first = send(request(server, "/lib/lit-html/lit-html.js").build());
    assertEquals(200, first.statusCode());
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpRequest again =
        request(server, "/lib/lit-html/lit-html.js").header("If-None-Match", etag).build();
    assertEquals(304, send(again).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"evil.example,421", "localhost:1,200", "127.0.0.1,200", "[::1]:80,200"})
  void anotherHostIsRefused(String host, int status) throws IOException {
    String answer = raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
  }

  @Test
  void theTokenIsNeededAndTurnsIntoACookie() throws IOException {
    try (ExplorerServer closed = started(ServerSettings.builder().token("secret"))) {
      assertProblem(401, send(request(closed, "/translate").build()));
      assertProblem(401, send(request(closed, "/api/v1/models?token=wrong").build()));
      HttpResponse<String> page = send(request(closed, "/translate?token=secret").build());
      assertEquals(303, page.statusCode());
      assertEquals("/translate", page.headers().firstValue("Location").orElse(""));
      String cookie = page.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
      HttpRequest.Builder models = request(closed, "/api/v1/models");
      assertEquals(200, send(models.header("Cookie", cookie.split(";")[0]).build()).statusCode());
      HttpRequest bearer =
          request(closed, "/api/v1/models").header("Authorization", "Bearer secret").build();
      assertEquals(200, send(bearer).statusCode());
      assertEquals(200, send(request(closed, "/health").build()).statusCode());
      assertTrue(closed.address().endsWith("/?token=secret"));
    }
  }

  @Test
  void requestsThatFindTheQueueFullAreToldToTryAgain() throws IOException {
    try (ExplorerServer full = started(ServerSettings.builder().queue(0))) {
      HttpResponse<String> response =
          send(
              request(full, "/api/v1/translate")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"text\": \"你好\"}"))
                  .build());
      assertProblem(429, response);
      assertTrue(response.headers().firstValue("Retry-After").isPresent());
    }
  }

  @Test
  void metricsCountRequestsAndSentences() {
    post("/translate", "{\"text\": \"你好。\"}");
    String metrics = send(request(server, "/metrics").build()).body();
    assertTrue(metrics.contains("yuqiao_translated_sentences_total"), metrics);
    assertTrue(metrics.contains("route=\"/api/v1/translate\""), metrics);
    assertTrue(metrics.contains("yuqiao_queue_length"), metrics);
  }

  @Test
  void stoppingAnswersWhatHasBegun() throws Exception {
    ExplorerServer stopping = started(ServerSettings.builder());
    HttpRequest request =
        request(stopping, "/api/v1/translate")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\": \"" + "你好，世界。".repeat(300) + "\"}"))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        CLIENT.sendAsync(request, BodyHandlers.ofString());
    while (!send(request(stopping, "/metrics").build())
        .body()
        .matches("(?s).*yuqiao_queue_length\\{[^}]*\\} [1-9].*")) {
      if (answer.isDone()) {
        break;
      }
    }
    stopping.close();
    assertEquals(200, answer.join().statusCode());
  }

  @Test
  void aPortInUseIsOneSentence() {
    ServerSettings same =
        ServerSettings.builder().port(server.port()).models(List.of(folder)).build();
    try (ExplorerServer second = new ExplorerServer(same, new Backend(1))) {
      String message = assertThrows(InvalidInputException.class, second::start).getMessage();
      assertTrue(message.contains("port " + server.port()), message);
    }
  }
}
