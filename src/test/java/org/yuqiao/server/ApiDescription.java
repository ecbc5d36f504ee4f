package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The OpenAPI document of a server, and checks of answers against it. */
final class ApiDescription {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final ObjectNode document;

  private ApiDescription(ObjectNode document) {
    this.document = document;
  }

  static ApiDescription of(ServedExplorer explorer) throws IOException {
    HttpResponse<String> response = explorer.send(explorer.request("/api/v1/openapi.json").build());
    assertEquals(200, response.statusCode());
    return new ApiDescription((ObjectNode) JSON.readTree(response.body()));
  }

  /** An operation: method and path with its description. */
  record Operation(String method, String path, JsonNode description) {
    String route() {
      return method + " " + path;
    }

    String id() {
      return description.get("operationId").textValue();
    }

    @Override
    public String toString() {
      return route();
    }
  }

  ObjectNode document() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        member -> {
                          if (!member.getKey().equals("parameters")) {
                            operations.add(
                                new Operation(
                                    member.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    member.getValue()));
                          }
                        }));
    return operations;
  }

  /** {@code node}, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** The schema of the JSON body of an operation. */
  Optional<JsonNode> body(Operation operation) {
    return Optional.ofNullable(operation.description().get("requestBody"))
        .map(body -> resolved(body).at("/content/application~1json/schema"));
  }

  /** The query parameters of an operation. */
  List<JsonNode> query(Operation operation) {
    List<JsonNode> parameters = new ArrayList<>();
    operation.description().path("parameters").forEach(parameters::add);
    return parameters;
  }

  static List<String> errors(JsonNode schema, JsonNode value) {
    return SCHEMAS.getSchema(schema).validate(value).stream().map(Error::toString).toList();
  }

  /** Checks {@code value} against a schema of the document. */
  void assertValid(JsonNode schema, JsonNode value) {
    ObjectNode whole = document.deepCopy();
    whole.setAll((ObjectNode) schema);
    List<String> errors = errors(whole, value);
    assertTrue(errors.isEmpty(), () -> String.join("\n", errors) + "\n" + value);
  }

  /** Checks status, content type and body of an answer. */
  void assertDescribed(Operation operation, HttpResponse<String> answer) throws IOException {
    String status = Integer.toString(answer.statusCode());
    JsonNode response = operation.description().get("responses").get(status);
    assertTrue(response != null, () -> operation + " is answered with " + status + answer.body());
    JsonNode content = resolved(response).get("content");
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    assertTrue(content.has(type), () -> operation + " is answered with " + type);
    if (content.get(type).has("x-events")) {
      assertEventsDescribed(content.get(type).get("x-events"), answer.body());
    } else if (type.endsWith("json")) {
      assertValid(content.get(type).get("schema"), JSON.readTree(answer.body()));
    }
  }

  private void assertEventsDescribed(JsonNode schemas, String stream) throws IOException {
    for (String event : stream.split("\n\n")) {
      if (!event.startsWith(":")) {
        String[] lines = event.split("\n");
        String name = lines[0].substring("event: ".length());
        assertTrue(schemas.has(name), () -> "unknown event " + name);
        assertValid(schemas.get(name), JSON.readTree(lines[1].substring("data: ".length())));
      }
    }
  }
}
