package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.files.InvalidInputException;

/** The server with a tiny untrained model: caching, full queue, metrics, stopping. */
class ExplorerServerTest {
  @TempDir private static Path folder;
  @AutoClose private static ServedExplorer explorer;

  @BeforeAll
  static void start() {
    explorer = ServedExplorer.ofTinyModel(folder);
  }

  @Test
  void filesOfThePageAreRevalidated() {
    HttpResponse<String> first =
        explorer.send(explorer.request("/lib/lit-html/lit-html.js").build());
    assertEquals(200, first.statusCode());
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpRequest again =
        explorer.request("/lib/lit-html/lit-html.js").header("If-None-Match", etag).build();
    assertEquals(304, explorer.send(again).statusCode());
  }

  @Test
  void requestsThatFindTheQueueFullAreToldToTryAgain() throws IOException {
    try (ServedExplorer full = ServedExplorer.of(folder, ServerSettings.builder().queue(0))) {
      HttpResponse<String> response =
          full.send(
              full.request("/api/v1/translate")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"text\": \"你好\"}"))
                  .build());
      ServedExplorer.assertProblem(429, response);
      assertTrue(response.headers().firstValue("Retry-After").isPresent());
    }
  }

  @Test
  void metricsCountRequestsAndSentences() throws Exception {
    explorer.post("/translate", "{\"text\": \"你好。\"}");
    String metrics = explorer.send(explorer.request("/metrics").build()).body();
    assertTrue(metrics.contains("yuqiao_translated_sentences_total"), metrics);
    assertTrue(metrics.contains("route=\"/api/v1/translate\""), metrics);
    assertTrue(metrics.contains("yuqiao_queue_length"), metrics);
  }

  @Test
  void stoppingAnswersWhatHasBegun() throws Exception {
    ServedExplorer stopping = ServedExplorer.of(folder, ServerSettings.builder());
    HttpRequest request =
        stopping
            .request("/api/v1/translate")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"text\": \"" + "你好，世界。".repeat(300) + "\"}"))
            .build();
    CompletableFuture<HttpResponse<String>> answer = stopping.begin(request);
    while (!stopping
        .send(stopping.request("/metrics").build())
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
        ServerSettings.builder().port(explorer.port()).models(List.of(folder)).build();
    try (ExplorerServer second = new ExplorerServer(same, new Backend(1))) {
      String message = assertThrows(InvalidInputException.class, second::start).getMessage();
      assertTrue(message.contains("port " + explorer.port()), message);
    }
  }
}
