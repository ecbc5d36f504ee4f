package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.inference.NextTokens;
import org.yuqiao.inference.TeacherForcing;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;

/**
 * {@code POST /next}: the distribution of the next token, and what sampling makes of it; {@code
 * POST /forced}: teacher forcing beside stepwise decoding.
 */
public final class NextApi implements ApiRoutes {
  private static final int DEFAULT_COUNT = 30;
  private static final int MAX_COUNT = 1000;
  private static final double MIN_TEMPERATURE = 0.01;
  private static final double MAX_TEMPERATURE = 100;
  private static final double MIN_TOP_P = 0.001;

  private final ModelRegistry models;

  /** Next tokens of {@code models}. */
  public NextApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/next", this::next);
    routes.post(ROOT + "/forced", this::forced);
  }

  private void next(Context context) {
    RequestBody body =
        RequestBody.of(context, "model", "text", "prefix", "temperature", "topK", "topP", "count");
    String text = body.line("text");
    ServedModel served = models.choose(body.optionalText("model"), text);
    int vocabulary = served.model().networks().get(0).model().vocabularies().target();
    int[] prefix = body.integers("prefix", 0, vocabulary - 1);
    Sampling sampling =
        new Sampling(
            body.number("temperature", 1, MIN_TEMPERATURE, MAX_TEMPERATURE),
            body.integer("topK", 0, 0, vocabulary),
            body.number("topP", 1, MIN_TOP_P, 1),
            0);
    int count = body.integer("count", DEFAULT_COUNT, 1, MAX_COUNT);
    Json.answer(
        context,
        () -> served.submit(model -> model.nextTokens().after(text, prefix, sampling, count)),
        found -> next(served.id(), found));
  }

  private static ObjectNode next(String model, NextTokens.Distribution found) {
    ObjectNode answer = Json.object().put("model", model);
    ArrayNode prefix = answer.putArray("prefix");
    for (int i = 0; i < found.prefix().size(); i++) {
      prefix.addObject().put("id", found.prefix().get(i)).put("token", found.pieces().get(i));
    }
    answer.put("text", found.text());
    ArrayNode candidates = answer.putArray("candidates");
    for (NextTokens.Candidate candidate : found.candidates()) {
      candidates
          .addObject()
          .put("id", candidate.id())
          .put("token", candidate.piece())
          .put("logit", candidate.logit())
          .put("probability", candidate.probability())
          .put("sampled", candidate.sampled());
    }
    return answer
        .put("entropy", found.entropy())
        .put("kept", found.kept())
        .put("vocabulary", found.vocabulary())
        .put("finished", found.isFinished());
  }

  private void forced(Context context) {
    RequestBody body = RequestBody.of(context, "model", "text", "translation");
    String text = body.line("text");
    String translation = body.line("translation");
    ServedModel served = models.choose(body.optionalText("model"), text);
    Json.answer(
        context,
        () -> served.submit(model -> model.teacherForcing().compare(text, translation)),
        found -> forced(served.id(), found));
  }

  private static ObjectNode forced(String model, TeacherForcing.Comparison found) {
    ObjectNode answer = Json.object().put("model", model).put("translation", found.translation());
    ArrayNode positions = answer.putArray("positions");
    for (TeacherForcing.Position position : found.positions()) {
      ObjectNode node =
          positions
              .addObject()
              .put("token", position.given().piece())
              .put("input", position.input())
              .put("probability", position.given().probability());
      put(node.putObject("predicted"), position.predicted());
    }
    ObjectNode stepwise = answer.putObject("stepwise");
    stepwise.put("translation", found.stepwiseTranslation());
    putAll(stepwise.putArray("tokens"), found.stepwise());
    return answer;
  }

  private static void putAll(ArrayNode list, List<NextTokens.Token> tokens) {
    tokens.forEach(token -> put(list.addObject(), token));
  }

  private static void put(ObjectNode node, NextTokens.Token token) {
    node.put("id", token.id()).put("token", token.piece()).put("probability", token.probability());
  }
}
