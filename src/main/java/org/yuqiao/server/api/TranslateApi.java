package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;

/** {@code POST /translate}: translates text line by line. */
public final class TranslateApi implements ApiRoutes {
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private final ModelRegistry models;

  /** Translates with {@code models}. */
  public TranslateApi(ModelRegistry models) {
    this.models = models;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(ROOT + "/translate", this::translate);
  }

  private void translate(Context context) {
    long begun = System.nanoTime();
    RequestBody body =
        RequestBody.of(context, "model", "text", "nbest", "beam", "lengthPenalty", "wholeLines");
    String text = body.text("text");
    ServedModel served = models.choose(body.optionalText("model"), text);
    int nbest = body.integer("nbest", 1, 1, DecodingFields.MAX_BEAM);
    DecodingSettings decoding =
        DecodingFields.settings(body, served.model().settings().decode(), nbest);
    if (nbest > decoding.beamSize()) {
      throw Problem.badRequest("'nbest' must not be above 'beam'");
    }
    LineSplitting splitting = DecodingFields.splitting(body);
    List<String> lines = new ArrayList<>();
    List<String> breaks = new ArrayList<>();
    Matcher matcher = LINE_BREAK.matcher(text);
    int from = 0;
    while (matcher.find()) {
      lines.add(text.substring(from, matcher.start()));
      breaks.add(matcher.group());
      from = matcher.end();
    }
    lines.add(text.substring(from));
    breaks.add("");
    context.future(
        () ->
            served
                .submit(
                    model ->
                        model.translate(
                            lines.stream().map(TranslationModel.Line::of).toList(),
                            Strategy.withScores(decoding, nbest),
                            splitting,
                            done -> {}))
                .thenAccept(
                    found -> {
                      ObjectNode answer = Json.object().put("model", served.id());
                      StringBuilder whole = new StringBuilder();
                      ArrayNode list = answer.putArray("lines");
                      for (int i = 0; i < lines.size(); i++) {
                        List<TranslationModel.Translation> best = found.get(i);
                        whole.append(best.get(0).text()).append(breaks.get(i));
                        ObjectNode line =
                            list.addObject()
                                .put("source", lines.get(i))
                                .put("translation", best.get(0).text());
                        ArrayNode alternatives = line.putArray("alternatives");
                        for (TranslationModel.Translation one : best) {
                          alternatives
                              .addObject()
                              .put("text", one.text())
                              .put("score", one.score().orElse(0));
                        }
                      }
                      answer.put("text", whole.toString());
                      answer.put("seconds", (System.nanoTime() - begun) / 1e9);
                      Json.answer(context, answer);
                    }));
  }
}
