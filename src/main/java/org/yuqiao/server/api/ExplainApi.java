package org.yuqiao.server.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.ExplainedLine;
import org.yuqiao.inference.ExplanationJson;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;

/**
 * {@code POST /explain}: the JSON object of {@code translate --explain}, for a translation that the
 * model finds or that is given.
 */
public final class ExplainApi implements ApiRoutes {
  private static final int DEFAULT_ALTERNATIVES = 5;
  private static final int MAX_ALTERNATIVES = 50;

  /** Characters of a text: an explanation is some hundred times as long. */
  private static final int MAX_CHARACTERS = 5_000;

  /** The fields that say how a translation is searched. */
  private static final String[] OF_SEARCH = {"beam", "lengthPenalty", "wholeLines"};

  private final ModelRegistry models;

  /** Explains translations of {@code models}. */
  public ExplainApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/explain", this::explain);
  }

  private void explain(Context context) {
    RequestBody body =
        RequestBody.of(
            context,
            "model",
            "text",
            "translation",
            "beam",
            "lengthPenalty",
            "alternatives",
            "wholeLines");
    String text = body.line("text");
    if (text.length() > MAX_CHARACTERS) {
      throw new Problem(413, "'text' must not have more than " + MAX_CHARACTERS + " characters");
    }
    Optional<String> translation = body.optionalText("translation");
    if (translation.isPresent() && body.hasAny(OF_SEARCH)) {
      throw Problem.badRequest(
          "a given 'translation' is not searched, so "
              + String.join(", ", OF_SEARCH)
              + " can't be given with it");
    }
    ServedModel served = models.choose(body.optionalText("model"), text);
    DecodingSettings decoding =
        DecodingFields.settings(body, served.model().settings().decode(), 1);
    LineSplitting splitting = DecodingFields.splitting(body);
    int alternatives = body.integer("alternatives", DEFAULT_ALTERNATIVES, 1, MAX_ALTERNATIVES);
    Json.answer(
        context,
        () ->
            served.submit(
                model ->
                    translation
                        .map(given -> given(model, text, given, alternatives))
                        .orElseGet(
                            () ->
                                model.explain(
                                    TranslationModel.Line.of(text),
                                    decoding,
                                    splitting,
                                    alternatives))),
        line -> Json.object().put("model", served.id()).setAll(ExplanationJson.object(1, line)));
  }

  private static ExplainedLine given(
      TranslationModel model, String text, String translation, int alternatives) {
    Explanation explanation = model.explain(text, translation, alternatives);
    return new ExplainedLine(explanation.translation(), List.of(explanation));
  }
}
