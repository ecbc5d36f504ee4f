package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.inference.ExplanationJson;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.ServedExplorer;

/** Translations, streams and explanations of a tiny untrained model, and bad requests for them. */
class TranslateApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  @AutoClose private static ServedExplorer explorer;

  @BeforeAll
  static void start() {
    explorer = ServedExplorer.ofTinyModel(folder);
  }

  private static HttpRequest request(String path, String json) {
    return explorer.postRequest("/api/v1" + path, json.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(String path, String json) {
    return explorer.send(request(path, json));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
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
            .map(body -> explorer.begin(request("/translate", body)))
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
      ServedExplorer.assertProblem(400, response);
      assertTrue(json(response).path("detail").asText().contains(named), response.body());
      assertFalse(response.body().contains("secret"), response.body());
    }
  }

  @Test
  void otherBadRequestsAreProblems() throws IOException {
    byte[] invalid = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'};
    ServedExplorer.assertProblem(
        400, explorer.send(explorer.postRequest("/api/v1/translate", invalid)));
    ServedExplorer.assertProblem(404, post("/translate", "{\"text\": \"a\", \"model\": \"none\"}"));
    ServedExplorer.assertProblem(404, explorer.send(explorer.request("/api/v1/none").build()));
    ServedExplorer.assertProblem(
        404, explorer.send(explorer.request("/lib/lit-html/none.js").build()));
    ServedExplorer.assertProblem(405, explorer.send(explorer.request("/api/v1/translate").build()));
    ServedExplorer.assertProblem(
        413, post("/translate", "{\"text\": \"" + "a".repeat(60_000) + "\"}"));
    HttpRequest text =
        explorer
            .request("/api/v1/translate")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    ServedExplorer.assertProblem(415, explorer.send(text));
  }

  @Test
  void aBodyOfTenMegabytesIsRefusedWithoutReadingIt() throws IOException {
    String answer =
        explorer.raw(
            String.join(
                "\r\n",
                "POST /api/v1/translate HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/json",
                "Content-Length: 10000000",
                "Connection: close",
                "",
                ""));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }
}
