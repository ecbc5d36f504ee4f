package org.yuqiao.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.inference.SourceNote;
import org.yuqiao.inference.TranslationModel;
import org.yuqiao.inference.TranslationModel.Translation;
import org.yuqiao.server.http.Json;
import org.yuqiao.server.http.Problem;
import org.yuqiao.server.http.RequestBody;
import org.yuqiao.server.work.ModelRegistry;
import org.yuqiao.server.work.ServedModel;
import org.yuqiao.server.work.SplitText;
import org.yuqiao.server.work.TranslationJob;

/** The body of {@code /translate} and {@code /translate/stream}, and the answer to it. */
record TranslateRequest(
    ServedModel served,
    String text,
    TranslationJob.Decoding decoding,
    LineSplitting splitting,
    boolean protect) {
  /** Characters of a text; a long article. */
  static final int MAX_CHARACTERS = 50_000;

  static TranslateRequest of(Context context, ModelRegistry models) {
    RequestBody body =
        RequestBody.of(
            context, "model", "text", "nbest", "beam", "lengthPenalty", "wholeLines", "protect");
    String text = text(body);
    ServedModel served = models.choose(body.optionalText("model"), text);
    int nbest = body.integer("nbest", 1, 1, DecodingFields.MAX_BEAM);
    DecodingSettings decoding =
        DecodingFields.settings(body, served.model().settings().decode(), nbest);
    if (nbest > decoding.beamSize()) {
      throw Problem.badRequest("'nbest' must not be above 'beam'");
    }
    return new TranslateRequest(
        served,
        text,
        new TranslationJob.Decoding(decoding, nbest),
        DecodingFields.splitting(body),
        protects(body, served));
  }

  private static boolean protects(RequestBody body, ServedModel served) {
    boolean protect = body.flag("protect", served.model().hasPlaceholders());
    if (protect) {
      served.model().requirePlaceholders();
    }
    return protect;
  }

  SplitText split(TranslationModel model) {
    return SplitText.of(model, text, splitting, protect);
  }

  /**
   * The text of a body.
   *
   * @throws Problem 413 for one that is too long
   */
  static String text(RequestBody body) {
    String text = body.text("text");
    if (text.length() > MAX_CHARACTERS) {
      throw new Problem(413, "'text' must not have more than " + MAX_CHARACTERS + " characters");
    }
    return text;
  }

  /** Translations of each line of {@code split}: a sentence with a note stays as it is. */
  List<List<Translation>> lines(SplitText split, List<List<Translation>> translated) {
    List<List<Translation>> parts = new ArrayList<>();
    int next = 0;
    for (SplitText.Part part : split.parts()) {
      parts.add(
          part.note().isPresent()
              ? List.of(new Translation(part.sentence().source(), OptionalDouble.of(0)))
              : translated.get(next++));
    }
    List<List<Translation>> lines = new ArrayList<>();
    int from = 0;
    for (int line = 0; line < split.lines().size(); line++) {
      int to = from + split.lines().get(line).sentences().size();
      lines.add(served.model().joined(split.lines().get(line), parts.subList(from, to)));
      from = to;
    }
    return lines;
  }

  static String whole(SplitText split, List<List<Translation>> lines) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines.size(); line++) {
      text.append(lines.get(line).get(0).text()).append(split.breaks().get(line));
    }
    return text.toString();
  }

  ObjectNode answer(SplitText split, List<List<Translation>> lines, double seconds) {
    ObjectNode answer = Json.object().put("model", served.id()).put("text", whole(split, lines));
    ArrayNode list = answer.putArray("lines");
    for (int line = 0; line < lines.size(); line++) {
      ObjectNode object =
          list.addObject()
              .put("source", split.sources().get(line))
              .put("translation", lines.get(line).get(0).text());
      split.note(line).map(SourceNote::label).ifPresent(note -> object.put("note", note));
      addAlternatives(object, lines.get(line));
    }
    return answer.put("seconds", seconds);
  }

  static void addAlternatives(ObjectNode object, List<Translation> best) {
    ArrayNode alternatives = object.putArray("alternatives");
    for (Translation one : best) {
      alternatives.addObject().put("text", one.text()).put("score", one.score().orElse(0));
    }
  }
}
