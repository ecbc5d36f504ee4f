package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yuqiao.backend.Backend;
import org.yuqiao.experiment.CdsWarmUp;

/** The explorer on a free port, and a client. */
public final class ServedExplorer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/api/v1";

  private final ExplorerServer server;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  /** With the shipped models. */
  public ServedExplorer() {
    this(
        ServerSettings.builder()
            .models(List.of(Path.of("models/zh-en"), Path.of("models/en-zh")))
            .port(0)
            .build());
  }

  public ServedExplorer(ServerSettings settings) {
    server = new ExplorerServer(settings, new Backend(1));
    server.start();
    port = server.port();
  }

  /** With a tiny untrained model, which is written to {@code folder}. */
  public static ServedExplorer ofTinyModel(Path folder) {
    CdsWarmUp.write(folder);
    return of(folder, ServerSettings.builder());
  }

  /** With the model in {@code folder}. */
  static ServedExplorer of(Path folder, ServerSettingsBuilder settings) {
    return new ServedExplorer(settings.models(List.of(folder)).port(0).build());
  }

  int port() {
    return port;
  }

  /** Where a browser opens it. */
  String address() {
    return server.address();
  }

  /** An answer as JSON with its status. */
  public record Answer(int status, JsonNode body) {
    public String detail() {
      return body.path("detail").asText();
    }
  }

  /** The routes but those of the page, as {@code GET /health}. */
  Set<String> routes() {
    return Javalin.create(config -> server.addTo(config.routes))
        .unsafe
        .internalRouter
        .allHttpHandlers()
        .stream()
        .map(route -> route.endpoint.method + " " + route.endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A request for a path of the server, as {@code /api/v1/models}. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** A request with a body of JSON. */
  public HttpRequest postRequest(String path, byte[] json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  public HttpResponse<String> send(HttpRequest request) {
    return begin(request).join();
  }

  public CompletableFuture<HttpResponse<String>> begin(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  /** What the server answers to bytes, up to the end of the connection. */
  public String raw(String bytes) throws IOException {
    try (Socket socket = connect();
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Sends a request with a body of JSON, whose answer the client does not wait for. */
  static void post(Socket socket, String path, String json) throws IOException {
    post(socket, path, json, json.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Sends a request that announces {@code length} bytes of body. */
  static void post(Socket socket, String path, String json, int length) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write((head.formatted(ROOT + path, length) + json).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Waits until the number of requests that wait for a model is {@code length}. */
  void awaitQueue(int length) throws InterruptedException {
    while (metric("yuqiao_queue_length") != length) {
      Thread.sleep(20);
    }
  }

  /** Waits until a sentence was translated. */
  void awaitTranslation() throws InterruptedException {
    while (translated() == 0) {
      Thread.sleep(20);
    }
  }

  /** The number of sentences translated so far. */
  double translated() {
    return metric("yuqiao_translated_sentences_total");
  }

  /** The value of a metric without labels, or the sum of those with labels. */
  double metric(String name) {
    return send(request("/metrics").build())
        .body()
        .lines()
        .filter(line -> line.matches(name + "[{ ].*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return answer(send(request(ROOT + path).build()));
  }

  public Answer post(String path, String json) throws IOException, InterruptedException {
    return answer(send(postRequest(ROOT + path, json.getBytes(StandardCharsets.UTF_8))));
  }

  private static Answer answer(HttpResponse<String> response) throws JsonProcessingException {
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  /** The lines of a stream of events, up to its end. */
  public Stream<String> lines(String path) throws IOException, InterruptedException {
    return client.send(request(ROOT + path).build(), BodyHandlers.ofLines()).body();
  }

  /** The body of a good answer to a body, single quotes standing for double ones. */
  public JsonNode answer(String path, String json) throws IOException, InterruptedException {
    return good(post(path, json.replace('\'', '"')));
  }

  /** The body of a good answer. */
  public JsonNode answer(String path) throws IOException, InterruptedException {
    return good(get(path));
  }

  private static JsonNode good(Answer answer) {
    assertEquals(200, answer.status(), answer::detail);
    return answer.body();
  }

  /** The detail of the problem that answers a body. */
  public String refused(int status, String path, String json)
      throws IOException, InterruptedException {
    return refused(status, post(path, json.replace('\'', '"')));
  }

  /** The detail of the problem that answers a request. */
  public String refused(int status, String path) throws IOException, InterruptedException {
    return refused(status, get(path));
  }

  private static String refused(int status, Answer answer) {
    assertEquals(status, answer.status(), answer::detail);
    return answer.detail();
  }

  /** Checks that a request was answered with a problem document, which it returns. */
  public static JsonNode assertProblem(int status, HttpResponse<String> answer)
      throws JsonProcessingException {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals(status, problem.path("status").intValue());
    assertFalse(problem.path("detail").asText().isEmpty(), answer.body());
    return problem;
  }

  @Override
  public void close() {
    server.close();
  }
}
