package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.server.RefusedRequests.SECRET;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.server.ApiDescription.Operation;

/** Query parameters that the API does not describe. */
class BadQueriesTest {
  @RegisterExtension private static final RefusedRequests REQUESTS = new RefusedRequests();

  static List<Operation> gets() {
    return REQUESTS.gets();
  }

  @ParameterizedTest
  @MethodSource("gets")
  void queriesOfAWrongTypeOrRangeAreNamed(Operation operation) throws IOException {
    String path = REQUESTS.path(operation);
    REQUESTS.refused(400, operation, REQUESTS.request(path + "?" + encoded(SECRET) + "=1").build());
    for (JsonNode parameter : REQUESTS.description().query(operation)) {
      String name = parameter.get("name").textValue();
      JsonNode schema = REQUESTS.description().resolved(parameter.get("schema"));
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
        String detail =
            REQUESTS.refused(400, operation, REQUESTS.request(path + "?" + query).build());
        assertTrue(detail.contains("'" + name + "'"), query + ": " + detail);
      }
      String twice = "?" + name + "=1&" + name + "=2";
      REQUESTS.refused(400, operation, REQUESTS.request(path + twice).build());
      if (parameter.path("required").booleanValue()) {
        String detail = REQUESTS.refused(400, operation, REQUESTS.request(path).build());
        assertTrue(detail.contains("is missing"), detail);
      }
    }
  }

  /** The required parameters but {@code name}, as {@code &word=the}. */
  private static String others(Operation operation, String name) {
    return REQUESTS.description().query(operation).stream()
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
        200, REQUESTS.send(REQUESTS.request(vectors + "search?q=" + word).build()).statusCode());
    for (String query : List.of("neighbors?word=" + word, "projection?words=" + word)) {
      REQUESTS.detail(404, REQUESTS.send(REQUESTS.request(vectors + query).build()));
    }
    REQUESTS.detail(
        404, REQUESTS.send(REQUESTS.request("/api/v1/positions?model=" + word).build()));
    assertFalse(REQUESTS.log().lines().isEmpty(), "requests are logged");
  }
}
