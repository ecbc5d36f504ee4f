package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.server.RefusedRequests.SECRET;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.server.ApiDescription.Operation;

/** Bodies that are no JSON, too large or not as the API describes them, and odd text. */
class BadBodiesTest {
  @RegisterExtension private static final RefusedRequests REQUESTS = new RefusedRequests();

  static List<Operation> posts() {
    return REQUESTS.posts();
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
      wrong(REQUESTS.description().resolved(schema.get("items")))
          .forEach(item -> wrong.add(ApiDescription.JSON.createArrayNode().add(item)));
    }
    return wrong;
  }

  @ParameterizedTest
  @MethodSource("posts")
  void fieldsOfAWrongTypeOrRangeAreNamed(Operation operation) throws IOException {
    JsonNode schema = REQUESTS.description().body(operation).orElseThrow();
    for (var field : schema.get("properties").properties()) {
      for (JsonNode value : wrong(REQUESTS.description().resolved(field.getValue()))) {
        ObjectNode body = good(schema);
        body.set(field.getKey(), value);
        String detail = REQUESTS.refused(400, operation, utf8(body));
        assertTrue(detail.contains("'" + field.getKey() + "'"), field + ", " + value + detail);
      }
    }
    for (JsonNode name : schema.get("required")) {
      String detail =
          REQUESTS.refused(400, operation, utf8(good(schema).without(name.textValue())));
      assertTrue(detail.contains("'" + name.textValue() + "' is missing"), detail);
    }
    for (var field : schema.get("properties").properties()) {
      JsonNode limit = REQUESTS.description().resolved(field.getValue()).path("maxLength");
      if (limit.isInt()) {
        String text = "a".repeat(limit.intValue() + 1);
        REQUESTS.refused(413, operation, utf8(good(schema).put(field.getKey(), text)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("posts")
  void whatIsNoJsonObjectIsRefused(Operation operation) throws IOException {
    String good = good(REQUESTS.description().body(operation).orElseThrow()).toString();
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
      REQUESTS.refused(400, operation, utf8(body));
    }
    byte[] invalid = utf8(good);
    invalid[good.indexOf('s') + 1] = (byte) 0xff;
    assertEquals("the body is not valid UTF-8", REQUESTS.refused(400, operation, invalid));
    REQUESTS.refused(400, operation, good.getBytes(StandardCharsets.UTF_16));
    REQUESTS.refused(
        404, operation, utf8(good.replaceFirst("\\{", "{\"model\": \"../" + SECRET + "\", ")));
  }

  @ParameterizedTest
  @MethodSource("posts")
  void aBodyThatIsTooLargeOrNotJsonByItsTypeIsRefused(Operation operation) throws IOException {
    byte[] tenMegabytes = utf8("{\"text\": \"" + "a".repeat(10_000_000) + "\"}");
    HttpRequest.Builder chunked =
        REQUESTS.request(operation).header("Content-Type", "application/json");
    refusedOrCut(operation, REQUESTS.request(operation, tenMegabytes));
    refusedOrCut(
        operation,
        chunked
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tenMegabytes)))
            .build());
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application")) {
      REQUESTS.refused(
          415,
          operation,
          REQUESTS
              .request(operation)
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString(good().toString()))
              .build());
    }
    REQUESTS.refused(
        415, operation, REQUESTS.request(operation).POST(BodyPublishers.noBody()).build());
  }

  /** The server answers before it has read all, which the client may see as a broken connection. */
  private static void refusedOrCut(Operation operation, HttpRequest request) throws IOException {
    try {
      REQUESTS.refused(413, operation, request);
    } catch (CompletionException e) {
      assertTrue(e.getCause() instanceof IOException, e.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("posts")
  void oddTextIsNoFailureOfTheServer(Operation operation) throws IOException {
    JsonNode schema = REQUESTS.description().body(operation).orElseThrow();
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
      HttpResponse<String> answer = REQUESTS.send(REQUESTS.request(operation, utf8(body)));
      assertTrue(List.of(200, 422).contains(answer.statusCode()), body + answer.body());
      REQUESTS.description().assertDescribed(operation, answer);
    }
  }
}
