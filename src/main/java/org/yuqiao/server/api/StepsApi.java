package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.decode.trace.HeadTrace;
import org.yuqiao.decode.trace.LabeledMatrix;
import org.yuqiao.decode.trace.Step;
import org.yuqiao.decode.trace.TracedToken;
import org.yuqiao.inference.AttentionTracer;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;
import org.yuqiao.text.Tokenizer;

/**
 * {@code POST /steps}: one attention head step by step, with the model's own numbers. A masked
 * score, negative infinity, is null.
 */
public final class StepsApi implements ApiRoutes {
  private final ModelRegistry models;

  /** Traces heads of {@code models}. */
  public StepsApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/steps", this::steps);
  }

  private void steps(Context context) {
    RequestBody body =
        RequestBody.of(context, "model", "text", "translation", "stack", "layer", "head");
    String text = body.line("text");
    Optional<String> translation = body.optionalText("translation");
    String stack = body.oneOf("stack", "encoder", "encoder", "decoder", "cross");
    AttentionKind kind = AttentionKind.valueOf(stack.toUpperCase(Locale.ROOT));
    ServedModel served = models.choose(body.optionalText("model"), text);
    ModelSettings settings = settings(served);
    AttentionHead head =
        new AttentionHead(
            kind,
            body.integer("layer", 1, 1, layers(settings, kind)),
            body.integer("head", 1, 1, settings.attention().heads()));
    Json.answer(
        context,
        () ->
            served.submit(
                model ->
                    translation
                        .map(given -> model.tracer().trace(text, given, head))
                        .orElseGet(() -> model.tracer().trace(text, head))),
        traced -> answer(served, text, stack, traced));
  }

  private static ModelSettings settings(ServedModel served) {
    return served.model().networks().get(0).model().settings();
  }

  private static int layers(ModelSettings settings, AttentionKind kind) {
    return kind == AttentionKind.ENCODER ? settings.encoderLayers() : settings.decoderLayers();
  }

  private static String hyphenated(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static ObjectNode answer(
      ServedModel served, String text, String stack, AttentionTracer.Traced traced) {
    HeadTrace trace = traced.trace();
    ModelSettings settings = settings(served);
    boolean encoder = trace.head().kind() == AttentionKind.ENCODER;
    ObjectNode answer =
        Json.object()
            .put("model", served.id())
            .put("text", text)
            .put("translation", traced.translation())
            .put("stack", stack)
            .put("layer", trace.head().layer())
            .put("head", trace.head().head())
            .put("layers", layers(settings, trace.head().kind()))
            .put("heads", settings.attention().heads())
            .put("hiddenSize", settings.hiddenSize())
            .put("headSize", settings.hiddenSize() / settings.attention().heads())
            .put("feedForwardSize", settings.feedForwardSize())
            .put("layerNorm", hyphenated(settings.layerNorm()))
            .put("positions", hyphenated(settings.positions()))
            .put("attentionFunction", hyphenated(settings.attention().function()))
            .put("weights", traced.isInt8() ? "int8" : "float32");
    answer.set("source", tokens(trace.source()));
    answer.set("target", tokens(trace.target()));
    answer.set("predicted", tokens(trace.predicted()));
    List<TracedToken> queries = encoder ? trace.source() : trace.target();
    List<TracedToken> keys =
        trace.head().kind() == AttentionKind.DECODER ? trace.target() : trace.source();
    answer.set("queries", Json.tree(queries.stream().map(TracedToken::text).toList()));
    answer.set("keys", Json.tree(keys.stream().map(TracedToken::text).toList()));
    ArrayNode steps = answer.putArray("steps");
    trace.steps().forEach(step -> steps.add(step(step, served.model().targetTokenizer())));
    return answer;
  }

  private static ArrayNode tokens(List<TracedToken> tokens) {
    ArrayNode list = Json.array();
    tokens.forEach(token -> list.addObject().put("token", token.text()).put("id", token.id()));
    return list;
  }

  private static ObjectNode step(Step step, Tokenizer target) {
    LabeledMatrix matrix = step.matrix();
    ObjectNode node =
        Json.object()
            .put("id", step.id())
            .put("symbol", step.symbol())
            .put("formula", step.formula());
    node.putArray("shape").add(matrix.rows()).add(matrix.columns());
    node.set("rows", Json.tree(matrix.rowLabels()));
    node.set("columns", Json.tree(matrix.columnLabels()));
    boolean oneHot = step.id().equals("one-hot");
    if (oneHot) {
      node.putArray("values");
      node.set("ids", Json.tree(Arrays.stream(matrix.tokens()).map(row -> row[0]).toList()));
      node.put("vocabulary", matrix.columns());
      return node;
    }
    ArrayNode values = node.putArray("values");
    for (float[] row : matrix.values()) {
      ArrayNode numbers = values.addArray();
      for (float value : row) {
        if (Float.isFinite(value)) {
          numbers.add(value);
        } else {
          numbers.addNull();
        }
      }
    }
    if (matrix.tokens().length > 0) {
      node.set("ids", Json.tree(matrix.tokens()));
      node.set(
          "tokens",
          Json.tree(
              Arrays.stream(matrix.tokens())
                  .map(row -> Arrays.stream(row).mapToObj(target::piece).toList())
                  .toList()));
    }
    if (matrix.isCut()) {
      node.putObject("total").put("rows", matrix.rows()).put("columns", matrix.columns());
    }
    return node;
  }
}
