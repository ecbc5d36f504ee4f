package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.SourceNote;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;
import org.yuqiao.server.work.SplitText;

/**
 * {@code POST /sentences}: the sentences of a text, as {@code /translate} splits it; {@code
 * /steps}, {@code /next} and {@code /forced} read one.
 */
public final class SentencesApi implements ApiRoutes {
  private final ModelRegistry models;

  /** Splits texts as {@code models} read them. */
  public SentencesApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/sentences", this::sentences);
  }

  private void sentences(Context context) {
    RequestBody body = RequestBody.of(context, "model", "text");
    String text = TranslateRequest.text(body);
    ServedModel served = models.choose(body.optionalText("model"), text);
    Json.answer(
        context,
        () -> served.submit(model -> SplitText.of(model, text, LineSplitting.SENTENCES, false)),
        split -> answer(served.id(), split));
  }

  private static ObjectNode answer(String model, SplitText split) {
    ObjectNode answer = Json.object().put("model", model);
    ArrayNode sentences = answer.putArray("sentences");
    for (SplitText.Part part : split.parts()) {
      String source = part.sentence().source();
      if (source.isBlank()) {
        continue; // an empty line
      }
      ObjectNode sentence = sentences.addObject().put("line", part.line()).put("source", source);
      part.note().map(SourceNote::label).ifPresent(note -> sentence.put("note", note));
    }
    return answer;
  }
}
