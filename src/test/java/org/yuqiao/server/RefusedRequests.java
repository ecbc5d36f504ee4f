package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.yuqiao.ScratchFolder;
import org.yuqiao.experiment.CdsWarmUp;
import org.yuqiao.server.ApiDescription.Operation;

/**
 * A server for bad requests: each must be answered with a problem document that has the right
 * status and does not repeat the input. No log line may hold it either.
 */
final class RefusedRequests implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  /** Stands in every request where a user's text may be. */
  static final String SECRET = "秘密xqzx";

  private final ScratchFolder folder = ScratchFolder.create();
  private final ServedExplorer explorer;
  private final ApiDescription description;
  private Optional<LoggedLines> log = Optional.empty();

  RefusedRequests() {
    CdsWarmUp.write(folder.path());
    explorer = ServedExplorer.of(folder.path(), ServerSettings.builder().runs(folder.path()));
    try {
      description = ApiDescription.of(explorer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    log = Optional.of(new LoggedLines());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    log().close();
    log().lines().forEach(line -> assertFalse(holdsSecret(line), line));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    explorer.close();
    folder.close();
  }

  private static boolean holdsSecret(String text) {
    return text.contains("秘密") || text.contains("xqzx");
  }

  ApiDescription description() {
    return description;
  }

  /** What was logged since the test began. */
  LoggedLines log() {
    return log.orElseThrow();
  }

  List<Operation> operations() {
    return description.operations();
  }

  List<Operation> posts() {
    return operations().stream().filter(one -> one.method().equals("POST")).toList();
  }

  List<Operation> gets() {
    return operations().stream()
        .filter(one -> one.method().equals("GET") && one.path().startsWith("/api/"))
        .toList();
  }

  /** A request for a path. */
  HttpRequest.Builder request(String path) {
    return explorer.request(path);
  }

  /** A request of an operation. */
  HttpRequest.Builder request(Operation operation) {
    return explorer.request(path(operation));
  }

  /** A request of an operation with a body of JSON. */
  HttpRequest request(Operation operation, byte[] json) {
    return explorer.postRequest(path(operation), json);
  }

  HttpResponse<String> send(HttpRequest request) {
    return explorer.send(request);
  }

  /** The path of an operation with an id that exists. */
  String path(Operation operation) {
    String id = operation.path().contains("runs") ? "run" : "vectors-en-cbow";
    return operation.path().replace("{id}", id);
  }

  /** Sends bytes to an operation and checks the problem, whose detail it returns. */
  String refused(int status, Operation operation, byte[] body) throws IOException {
    return refused(status, operation, request(operation, body));
  }

  /** The same for any request. */
  String refused(int status, Operation operation, HttpRequest request) throws IOException {
    HttpResponse<String> answer = send(request);
    assertEquals(status, answer.statusCode(), () -> operation + ": " + answer.body());
    description.assertDescribed(operation, answer);
    return detail(status, answer);
  }

  /** Checks the problem that answers a request and returns its detail. */
  String detail(int status, HttpResponse<String> answer) throws IOException {
    String detail = ServedExplorer.assertProblem(status, answer).get("detail").textValue();
    assertFalse(holdsSecret(answer.body()), answer.body());
    return detail;
  }

  /** What the server answers to bytes. */
  String raw(String bytes) throws IOException {
    return explorer.raw(bytes);
  }

  /** What the server answers to a request line and headers, each ending in CR LF. */
  String raw(String method, String target, String headers) throws IOException {
    return explorer.raw(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  /** Checks that the bytes of an answer are a problem. */
  void assertProblem(String answer) {
    assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
    assertFalse(holdsSecret(answer), answer);
  }
}
