package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.server.ExplorerServer;
import org.yuqiao.server.ServerSettings;

/** The explorer with the shipped models on a free port, and a client. */
final class ServedExplorer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExplorerServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  ServedExplorer() {
    this(
        ServerSettings.builder()
            .models(List.of(Path.of("models/zh-en"), Path.of("models/en-zh")))
            .port(0)
            .build());
  }

  ServedExplorer(ServerSettings settings) {
    server = new ExplorerServer(settings, new Backend(1));
    server.start();
  }

  /** An answer as JSON with its status. */
  record Answer(int status, JsonNode body) {
    String detail() {
      return body.path("detail").asText();
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  /** The lines of a stream of events, up to its end. */
  Stream<String> lines(String path) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofLines())
        .body();
  }

  /** The body of a good answer to a body, single quotes standing for double ones. */
  JsonNode answer(String path, String json) throws IOException, InterruptedException {
    return good(post(path, json.replace('\'', '"')));
  }

  /** The body of a good answer. */
  JsonNode answer(String path) throws IOException, InterruptedException {
    return good(get(path));
  }

  private static JsonNode good(Answer answer) {
    assertEquals(200, answer.status(), answer::detail);
    return answer.body();
  }

  /** The detail of the problem that answers a body. */
  String refused(int status, String path, String json) throws IOException, InterruptedException {
    return refused(status, post(path, json.replace('\'', '"')));
  }

  /** The detail of the problem that answers a request. */
  String refused(int status, String path) throws IOException, InterruptedException {
    return refused(status, get(path));
  }

  private static String refused(int status, Answer answer) {
    assertEquals(status, answer.status(), answer::detail);
    return answer.detail();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  @Override
  public void close() {
    server.close();
  }
}
