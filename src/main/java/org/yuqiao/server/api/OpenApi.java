package org.yuqiao.server.api;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Query;

/** {@code GET /openapi.json}: the description of the API (OpenAPI 3.1). */
public final class OpenApi implements ApiRoutes {
  private final String document;

  /** Reads the description, a resource in YAML. */
  public OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      document = Json.text(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("the description of the API is part of the program", e);
    }
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(ROOT + "/openapi.json", this::describe);
  }

  private void describe(Context context) {
    new Query(context);
    context.contentType("application/json").result(document);
  }
}
