package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.experiment.CdsWarmUp;
import org.yuqiao.server.ApiDescription.Operation;

/**
 * Every operation of the API with bad input: a problem document with the right status, which does
 * not repeat the input, and no log line that does.
 */
class BadRequestsTest {
  /** Stands in every request where a user's text may be. */
  private static final String SECRET = "秘密xqzx";

  @TempDir private static Path folder;
  private static ServedExplorer explorer;
  private static ApiDescription description;

  private LoggedLines log;

  @BeforeAll
  static void start() throws IOException {
    CdsWarmUp.write(folder);
    explorer =
        new ServedExplorer(
            ServerSettings.builder().models(List.of(folder)).runs(folder).port(0).build());
    description = ApiDescription.of(explorer);
  }

  @AfterAll
  static void stop() {
    explorer.close();
  }

  @BeforeEach
  void listen() {
    log = new LoggedLines();
  }

  @AfterEach
  void noTextIsLogged() {
    log.close();
    log.lines().forEach(line -> assertFalse(holdsSecret(line), line));
  }

  private static boolean holdsSecret(String text) {
    return text.contains("秘密") || text.contains("xqzx");
  }

  static List<Operation> operations() {
    return description.operations();
  }

  static List<Operation> posts() {
    return operations().stream().filter(one -> one.method().equals("POST")).toList();
  }

  static List<Operation> gets() {
    return operations().stream()
        .filter(one -> one.method().equals("GET") && one.path().startsWith("/api/"))
        .toList();
  }

  private static String path(Operation operation) {
    String id = operation.path().contains("runs") ? "run" : "vectors-en-cbow";
    return operation.path().replace("{id}", id);
  }

  /** Sends bytes to an operation and checks the problem. */
  private static String refused(int status, Operation operation, byte[] body) throws IOException {
    return refused(status, operation, explorer.postRequest(path(operation), body));
  }

  private static String refused(int status, Operation operation, HttpRequest request)
      throws IOException {
    HttpResponse<String> answer = explorer.send(request);
    assertEquals(status, answer.statusCode(), () -> operation + ": " + answer.body());
    description.assertDescribed(operation, answer);
    return detail(status, answer);
  }

  private static String detail(int status, HttpResponse<String> answer) throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    JsonNode problem = ApiDescription.JSON.readTree(answer.body());
    assertEquals(status, problem.get("status").intValue());
    assertFalse(holdsSecret(answer.body()), answer.body());
    return problem.get("detail").textValue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] utf8(JsonNode json) {
    return utf8(json.toString());
  }

  /** A body with all that an operation needs. */
  private static ObjectNode good() {
    return ApiDescription.JSON.createObjectNode().put("text", SECRET);
  }

  private static ObjectNode good(JsonNode schema) {
    ObjectNode body = good();
    schema.get("required").forEach(name -> body.put(name.textValue(), SECRET));
    return body;
  }

  /** Values that {@code schema} refuses. */
  private static List<JsonNode> wrong(JsonNode schema) {
    List<JsonNode> wrong = new ArrayList<>();
    ObjectNode values = ApiDescription.JSON.createObjectNode();
    String type = schema.get("type").textValue();
    if (!type.equals("string")) {
      wrong.add(values.textNode(SECRET));
    }
    if (!type.equals("boolean")) {
      wrong.add(values.booleanNode(true));
    }
    if (!type.equals("integer") && !type.equals("number")) {
      wrong.add(values.numberNode(7));
    }
    if (!type.equals("array")) {
      wrong.add(ApiDescription.JSON.createArrayNode());
    }
    wrong.add(values.putObject("object"));
    if (type.equals("integer")) {
      wrong.add(values.numberNode(1.5));
      wrong.add(values.numberNode(99_999_999_999L));
    }
    if (schema.has("minimum")) {
      wrong.add(values.numberNode(schema.get("minimum").intValue() - 1));
    }
    if (schema.has("maximum")) {
      wrong.add(values.numberNode(schema.get("maximum").intValue() + 1));
    }
    if (schema.has("enum")) {
      wrong.add(values.textNode(SECRET));
    }
    if (type.equals("array")) {
      wrong(description.resolved(schema.get("items")))
          .forEach(item -> wrong.add(ApiDescription.JSON.createArrayNode().add(item)));
    }
    return wrong;
  }

  @ParameterizedTest
  @MethodSource("posts")
  void fieldsOfAWrongTypeOrRangeAreNamed(Operation operation) throws IOException {
    JsonNode schema = description.body(operation).orElseThrow();
    for (var field : schema.get("properties").properties()) {
      for (JsonNode value : wrong(description.resolved(field.getValue()))) {
        ObjectNode body = good(schema);
        body.set(field.getKey(), value);
        String detail = refused(400, operation, utf8(body));
        assertTrue(detail.contains("'" + field.getKey() + "'"), field + ", " + value + detail);
      }
    }
    for (JsonNode name : schema.get("required")) {
      String detail = refused(400, operation, utf8(good(schema).without(name.textValue())));
      assertTrue(detail.contains("'" + name.textValue() + "' is missing"), detail);
    }
    for (var field : schema.get("properties").properties()) {
      JsonNode limit = description.resolved(field.getValue()).path("maxLength");
      if (limit.isInt()) {
        String text = "a".repeat(limit.intValue() + 1);
        refused(413, operation, utf8(good(schema).put(field.getKey(), text)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("posts")
  void whatIsNoJsonObjectIsRefused(Operation operation) throws IOException {
    String good = good(description.body(operation).orElseThrow()).toString();
    for (String body :
        List.of(
            "",
            "null",
            "[" + good + "]",
            "\"" + SECRET + "\"",
            good.substring(0, good.length() - 1),
            good + good,
            good.replaceFirst("\\{", "{\"" + SECRET + "\": 1, "),
            good.replaceFirst("\\{", "{\"text\": \"" + SECRET + "\", "),
            "{\"text\": " + "[".repeat(100_000),
            "{\"text\": \"" + SECRET + "\u0001\"}",
            "{\"text\": \"" + SECRET + "\\ud8\"}",
            "{\"text\": NaN}",
            "{\"text\": 1" + "0".repeat(5_000) + "}")) {
      refused(400, operation, utf8(body));
    }
    byte[] invalid = utf8(good);
    invalid[good.indexOf('s') + 1] = (byte) 0xff;
    assertEquals("the body is not valid UTF-8", refused(400, operation, invalid));
    refused(400, operation, good.getBytes(StandardCharsets.UTF_16));
    refused(404, operation, utf8(good.replaceFirst("\\{", "{\"model\": \"../" + SECRET + "\", ")));
  }

  @ParameterizedTest
  @MethodSource("posts")
  void aBodyThatIsTooLargeOrNotJsonByItsTypeIsRefused(Operation operation) throws IOException {
    byte[] tenMegabytes = utf8("{\"text\": \"" + "a".repeat(10_000_000) + "\"}");
    HttpRequest.Builder chunked =
        explorer.request(path(operation)).header("Content-Type", "application/json");
    refusedOrCut(operation, explorer.postRequest(path(operation), tenMegabytes));
    refusedOrCut(
        operation,
        chunked
            .POST(
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(tenMegabytes)))
            .build());
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application")) {
      refused(
          415,
          operation,
          explorer
              .request(path(operation))
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString(good().toString()))
              .build());
    }
    refused(
        415, operation, explorer.request(path(operation)).POST(BodyPublishers.noBody()).build());
  }

  /** The server answers before it has read all, which the client may see as a broken connection. */
  private static void refusedOrCut(Operation operation, HttpRequest request) throws IOException {
    try {
      refused(413, operation, request);
    } catch (java.util.concurrent.CompletionException e) {
      assertTrue(e.getCause() instanceof IOException, e.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("posts")
  void oddTextIsNoFailureOfTheServer(Operation operation) throws IOException {
    JsonNode schema = description.body(operation).orElseThrow();
    for (String text :
        List.of(
            "",
            " \t\n\u2028",
            "\u0000",
            "\ud800",
            "\udc00x",
            "a\u0301".repeat(50),
            "\ud83d\ude00".repeat(30),
            "<unk><eos><bos>",
            "\ufeff\u200b\u202e",
            "好".repeat(200))) {
      ObjectNode body = good();
      schema.get("required").forEach(name -> body.put(name.textValue(), text));
      HttpResponse<String> answer =
          explorer.send(explorer.postRequest(path(operation), utf8(body)));
      assertTrue(List.of(200, 422).contains(answer.statusCode()), body + answer.body());
      description.assertDescribed(operation, answer);
    }
  }

  @ParameterizedTest
  @MethodSource("gets")
  void queriesOfAWrongTypeOrRangeAreNamed(Operation operation) throws IOException {
    String path = path(operation);
    refused(400, operation, explorer.request(path + "?" + encoded(SECRET) + "=1").build());
    for (JsonNode parameter : description.query(operation)) {
      String name = parameter.get("name").textValue();
      JsonNode schema = description.resolved(parameter.get("schema"));
      List<String> values = new ArrayList<>();
      if (schema.has("enum") || schema.get("type").textValue().equals("integer")) {
        values.addAll(List.of(SECRET, "1.5", "99999999999", "%00", "%ff"));
      }
      if (schema.has("minimum")) {
        values.add(Integer.toString(schema.get("minimum").intValue() - 1));
      }
      if (schema.has("maximum")) {
        values.add(Long.toString(schema.get("maximum").longValue() + 1));
      }
      if (schema.has("maxLength")) {
        values.add("s".repeat(schema.get("maxLength").intValue() + 1));
      }
      for (String value : values) {
        String query =
            name + "=" + (value.startsWith("%") ? value : encoded(value)) + others(operation, name);
        String detail = refused(400, operation, explorer.request(path + "?" + query).build());
        assertTrue(detail.contains("'" + name + "'"), query + ": " + detail);
      }
      String twice = "?" + name + "=1&" + name + "=2";
      refused(400, operation, explorer.request(path + twice).build());
      if (parameter.path("required").booleanValue()) {
        String detail = refused(400, operation, explorer.request(path).build());
        assertTrue(detail.contains("is missing"), detail);
      }
    }
  }

  /** The required parameters but {@code name}, as {@code &word=the}. */
  private static String others(Operation operation, String name) {
    return description.query(operation).stream()
        .filter(one -> one.path("required").booleanValue())
        .map(one -> one.get("name").textValue())
        .filter(other -> !other.equals(name))
        .map(other -> "&" + other + "=the")
        .collect(Collectors.joining());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void wordsOfAQueryAreNeitherLoggedNorRepeated() throws IOException {
    String vectors = "/api/v1/vectors/vectors-en-cbow/";
    String word = encoded(SECRET);
    assertEquals(
        200, explorer.send(explorer.request(vectors + "search?q=" + word).build()).statusCode());
    for (String query : List.of("neighbors?word=" + word, "projection?words=" + word)) {
      detail(404, explorer.send(explorer.request(vectors + query).build()));
    }
    detail(404, explorer.send(explorer.request("/api/v1/positions?model=" + word).build()));
    assertFalse(log.lines().isEmpty(), "requests are logged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "%E7%A7%98%E5%AF%86xqzx",
        ".xqzx",
        "xqzx%20%22%3Cscript%3E",
        "..",
        "%2e%2e",
        "..%2fsecret",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2fetc%2fpasswd",
        "..%5csecret",
        "xqzx%00",
        "%00",
        "%ff%fe",
        "%zz",
        "xqzx;x=1",
        "%25%32%66",
        "a/xqzx",
        "run~..~xqzx"
      })
  void unknownIdsAndPathTricksFindNothing(String id) throws IOException {
    for (Operation operation : gets()) {
      if (operation.path().contains("{id}")) {
        String answer = raw("GET", operation.path().replace("{id}", id), "");
        assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
        assertProblem(answer);
      }
    }
    assertProblem(raw("GET", "/" + id, ""));
    assertProblem(raw("GET", "/api/v1/" + id, ""));
  }

  private static String raw(String method, String target, String headers) throws IOException {
    return explorer.raw(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n");
  }

  private static void assertProblem(String answer) {
    assertTrue(answer.contains("Content-Type: application/problem+json"), answer);
    assertFalse(holdsSecret(answer), answer);
  }

  @Test
  void aLongIdFindsNothing() throws IOException {
    for (int length : List.of(2_000, 20_000)) {
      String answer = raw("GET", "/api/v1/runs/" + "s".repeat(length), "");
      assertTrue(answer.matches("(?s)HTTP/1.1 4(04|14) .*"), answer);
      assertProblem(answer);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void otherMethodsAreRefused(Operation operation) throws IOException {
    for (String method :
        List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X")) {
      if (!method.equals(operation.method())) {
        String answer = raw(method, path(operation), "Content-Length: 0\r\n");
        assertTrue(answer.matches("(?s)HTTP/1.1 (404|405|501) .*"), method + answer);
        assertProblem(answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xqzx\r\n\r\n",
        "GET /xqzx HTTP/9.9\r\n\r\n",
        "GET /api/v1/models HTTP/1.1\r\n\r\n",
        "GET /api/v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: xqzx\r\n\r\n",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\nxq",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nxqzx",
        "POST /api/v1/translate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "xqzx",
        "GET /api/v1/models HTTP/1.1\r\nHost: localhost\r\nX: \u0000xqzx\r\n\r\n"
      })
  void whatIsNoHttpIsRefused(String bytes) throws IOException {
    String answer = explorer.raw(bytes);
    assertTrue(answer.matches("(?s)HTTP/1.1 (4\\d\\d|505) .*"), answer);
    assertProblem(answer);
  }

  @Test
  void aHeaderThatIsTooLargeIsRefused() throws IOException {
    String answer = raw("GET", "/api/v1/models", "X: " + "s".repeat(20_000) + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 431"), answer.toLowerCase(Locale.ROOT));
    assertProblem(answer);
  }
}
