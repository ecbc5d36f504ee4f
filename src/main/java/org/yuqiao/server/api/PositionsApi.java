package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.inference.PositionEncodings;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Query;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;

/** {@code GET /positions}: the position encodings of a model, and others by their formulas. */
public final class PositionsApi implements ApiRoutes {
  private static final int DEFAULT_LENGTH = 64;
  private static final int MAX_LENGTH = 512;

  private final ModelRegistry models;

  /** Position encodings of {@code models}. */
  public PositionsApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(ROOT + "/positions", this::positions);
  }

  private void positions(Context context) {
    Query query = new Query(context, "model", "length");
    Optional<String> id = query.optionalText("model");
    ServedModel served = models.choose(id, "");
    int length = query.integer("length", DEFAULT_LENGTH, 1, MAX_LENGTH);
    Json.answer(
        context,
        () -> served.submit(model -> PositionEncodings.of(model, length)),
        found -> answer(served, length, found));
  }

  private static ObjectNode answer(
      ServedModel served, int length, List<PositionEncodings.Encoding> encodings) {
    ObjectNode answer =
        Json.object()
            .put("model", served.id())
            .put("own", PositionEncodings.name(PositionEncodings.schemeOf(served.model())))
            .put("length", length);
    ArrayNode schemes = answer.putArray("schemes");
    for (PositionEncodings.Encoding encoding : encodings) {
      ObjectNode scheme =
          schemes
              .addObject()
              .put("id", encoding.scheme())
              .put("stack", encoding.stack())
              .put("source", encoding.source().name().toLowerCase(Locale.ROOT))
              .put("rowsLabel", encoding.rowsLabel())
              .put("columnsLabel", encoding.columnsLabel())
              .put("firstRow", encoding.firstRow())
              .put("note", encoding.note());
      if (encoding.matrix().length > 0) {
        scheme.set("matrix", Json.tree(encoding.matrix()));
        scheme.set("similarity", Json.tree(encoding.similarity()));
      }
      if (encoding.heads().length > 0) {
        scheme.set("heads", Json.tree(encoding.heads()));
      }
    }
    return answer;
  }
}
