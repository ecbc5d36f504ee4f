package org.yuqiao.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.TinyExperiment;
import org.yuqiao.experiment.Training;
import org.yuqiao.server.ApiDescription.Operation;

/** The OpenAPI document is valid and says what the server does: routes, fields, answers. */
class OpenApiTest {
  private static final String VECTORS = "/api/v1/vectors/vectors-en-skipgram/";
  private static final String TEXT = "{'text': '你好。'}";

  /** Good requests by operation: a path with query, or a body. Together they have every field. */
  private static final Map<String, List<String>> REQUESTS =
      Map.ofEntries(
          Map.entry("models", List.of("/api/v1/models")),
          Map.entry(
              "translate",
              List.of(
                  TEXT,
                  "{'text': 'Yes.\\n!!!', 'model': 'en-zh', 'nbest': 2, 'beam': 3, 'lengthPenalty':"
                      + " 0.5, 'wholeLines': true}")),
          Map.entry("sentences", List.of("{'text': '你好。\\n!!!'}")),
          Map.entry("translateStream", List.of(TEXT, "{'text': '你好。\\n!!!', 'nbest': 2}")),
          Map.entry("explain", List.of(TEXT, "{'text': '你好。', 'translation': 'Hello.'}")),
          Map.entry(
              "steps",
              List.of(
                  TEXT,
                  "{'text': '你好。', 'stack': 'decoder'}",
                  "{'text': '你好。', 'stack': 'cross', 'translation': 'Hello.'}")),
          Map.entry("next", List.of(TEXT, "{'text': '你好。', 'prefix': [5], 'topK': 3}")),
          Map.entry("forced", List.of("{'text': '你好。', 'translation': 'Hello.'}")),
          Map.entry("positions", List.of("/api/v1/positions?length=3")),
          Map.entry("vectors", List.of("/api/v1/vectors")),
          Map.entry("searchVectors", List.of(VECTORS + "search?q=ki")),
          Map.entry(
              "projectVectors",
              List.of(
                  VECTORS + "projection?count=5&dimensions=3",
                  VECTORS + "projection?count=20&method=tsne")),
          Map.entry(
              "neighbors",
              List.of(VECTORS + "neighbors?word=king", VECTORS + "neighbors?word=teachr")),
          Map.entry("analogy", List.of(VECTORS + "analogy?a=king&b=queen&c=man")),
          Map.entry("direction", List.of(VECTORS + "direction")),
          Map.entry("runs", List.of("/api/v1/runs")),
          Map.entry("run", List.of("/api/v1/runs/complete", "/api/v1/runs/failed")),
          Map.entry("runEvents", List.of("/api/v1/runs/complete/events?after=0")),
          Map.entry("openapi", List.of("/api/v1/openapi.json")),
          Map.entry("health", List.of("/health")),
          Map.entry("metrics", List.of("/metrics")));

  @TempDir private static Path folder;
  @AutoClose private static ServedExplorer explorer;
  private static ApiDescription description;

  @BeforeAll
  static void start() throws Exception {
    Path experiment =
        TinyExperiment.write(
            folder,
            "e.yaml",
            "train: {minutes: 0, steps: 20, validateSteps: 10, validateMinutes: 0, threads: 1}\n");
    Path runs = folder.resolve("runs");
    Training.run(experiment, runs.resolve("complete"), line -> {});
    Path failed = Files.createDirectory(runs.resolve("failed"));
    Files.copy(runs.resolve("complete/settings.yaml"), failed.resolve("settings.yaml"));
    Files.writeString(failed.resolve("failure.txt"), "cannot read /home/me/a.tsv\n");
    explorer =
        new ServedExplorer(
            ServerSettings.builder()
                .models(List.of(Path.of("models/zh-en"), Path.of("models/en-zh")))
                .runs(runs)
                .port(0)
                .build());
    description = ApiDescription.of(explorer);
  }

  @Test
  void itIsValidByTheSchemaOfOpenApi() throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi-3.1.schema.json")) {
      JsonNode schema = ApiDescription.JSON.readTree(in);
      assertEquals(List.of(), ApiDescription.errors(schema, description.document()));
      ObjectNode broken = description.document().deepCopy();
      ((ObjectNode) broken.at("/paths/~1health/get")).put("responses", "none");
      assertFalse(ApiDescription.errors(schema, broken).isEmpty(), "the schema refuses something");
    }
  }

  @Test
  void itsSchemasAreValidByTheSchemaOfJsonSchema() {
    ObjectNode schema = ApiDescription.JSON.createObjectNode();
    schema.put("$ref", "https://json-schema.org/draft/2020-12/schema");
    for (JsonNode one : description.document().at("/components/schemas")) {
      assertEquals(List.of(), ApiDescription.errors(schema, one));
    }
    ObjectNode broken = ApiDescription.JSON.createObjectNode().put("type", "text");
    assertFalse(ApiDescription.errors(schema, broken).isEmpty(), "the schema refuses something");
  }

  @Test
  void everyRouteIsDescribedAndViceVersa() {
    assertEquals(
        explorer.routes(),
        description.operations().stream()
            .map(Operation::route)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void parametersOfThePathAreDescribed() {
    for (Operation operation : description.operations()) {
      Set<String> described = new TreeSet<>();
      description
          .document()
          .get("paths")
          .get(operation.path())
          .path("parameters")
          .forEach(one -> described.add(description.resolved(one).get("name").textValue()));
      assertEquals(
          Pattern.compile("\\{(\\w+)}")
              .matcher(operation.path())
              .results()
              .map(match -> match.group(1))
              .collect(Collectors.toCollection(TreeSet::new)),
          described);
    }
  }

  @Test
  void fieldsAndParametersAreThoseOfTheServer() throws Exception {
    for (Operation operation : description.operations()) {
      if (!operation.path().startsWith("/api/v1/")) {
        continue;
      }
      String path = operation.path().replace("/api/v1", "").replace("{id}", "vectors-en-cbow");
      Set<String> described = new TreeSet<>();
      String detail;
      if (operation.method().equals("POST")) {
        description
            .body(operation)
            .orElseThrow()
            .get("properties")
            .fieldNames()
            .forEachRemaining(described::add);
        detail = explorer.post(path, "{\"?\": 1}").detail();
      } else {
        description.query(operation).forEach(one -> described.add(one.get("name").textValue()));
        detail = explorer.get(path + "?unknown=1").detail();
      }
      assertEquals(described, named(detail), operation + ": " + detail);
    }
  }

  /** The names that end a detail, as "its fields are text, model". */
  private static Set<String> named(String detail) {
    String list = detail.replaceFirst(".*(?:its fields are |expected )", "");
    return list.equals("this address has no query parameters")
        ? Set.of()
        : new TreeSet<>(Arrays.asList(list.split(", ")));
  }

  @Test
  void everyRealAnswerIsAsDescribed() throws IOException {
    for (Operation operation : description.operations()) {
      List<String> requests = REQUESTS.getOrDefault(operation.id(), List.of());
      assertTrue(!requests.isEmpty(), "there is no request for " + operation.id());
      for (String request : requests) {
        HttpRequest sent =
            operation.method().equals("GET")
                ? explorer.request(request).build()
                : explorer.postRequest(
                    operation.path(), request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        description.assertDescribed(operation, explorer.send(sent));
      }
    }
  }

  @Test
  void aFieldThatIsNotDescribedIsFound() throws Exception {
    JsonNode schemas = description.document().at("/components/schemas");
    ObjectNode run = (ObjectNode) explorer.answer("/runs/complete");
    description.assertValid(schemas.get("Run"), run);
    run.put("folder", "/home/me");
    assertThrows(AssertionError.class, () -> description.assertValid(schemas.get("Run"), run));
    ObjectNode problem = (ObjectNode) explorer.get("/runs/none").body();
    description.assertValid(schemas.get("Problem"), problem);
    assertThrows(
        AssertionError.class,
        () -> description.assertValid(schemas.get("Problem"), problem.put("trace", "")));
  }

  @Test
  void examplesAreGoodRequests() throws Exception {
    int found = 0;
    for (Operation operation : description.operations()) {
      if (description.body(operation).isPresent()) {
        JsonNode body = description.resolved(operation.description().get("requestBody"));
        for (JsonNode example : body.at("/content/application~1json/examples")) {
          JsonNode value = example.get("value");
          description.assertValid(description.body(operation).get(), value);
          HttpRequest sent =
              explorer.postRequest(
                  operation.path(), value.toString().getBytes(StandardCharsets.UTF_8));
          assertEquals(200, explorer.send(sent).statusCode(), operation.route());
          found++;
        }
      }
    }
    assertEquals(7, found);
  }

  @Test
  void theDocumentationNamesEveryPath() throws IOException {
    String page = Files.readString(Path.of("docs/explorer.md"));
    Set<String> named =
        Pattern.compile("`(?:GET |POST )?(?:\\.\\.\\.)?(/[a-z{}/.]+)`")
            .matcher(page.substring(page.indexOf("## API"), page.indexOf("## Safe")))
            .results()
            .map((MatchResult match) -> match.group(1).replaceAll("^/vectors/\\{id}", ""))
            .collect(Collectors.toSet());
    for (Operation operation : description.operations()) {
      String path = operation.path().replace("/api/v1", "").replace("/vectors/{id}", "");
      assertTrue(named.contains(path), () -> path + " is not among " + named);
    }
  }
}
