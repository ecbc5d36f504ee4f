package org.yuqiao.cli.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.yuqiao.evaluate.PairedBootstrap;

/** Scores of a test set as a text table or as JSON. */
record ScoreOutput(Map<String, Double> scores, Map<String, String> signatures, int sentences) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String text() {
    StringBuilder text = new StringBuilder();
    int width = scores.keySet().stream().mapToInt(String::length).max().orElse(0);
    String format = "%-" + Math.max(6, width) + "s %6.2f  %s%n";
    scores.forEach(
        (name, score) ->
            text.append(String.format(Locale.ROOT, format, name, score, signatures.get(name))));
    return text.toString();
  }

  /**
   * One object; "signature" is that of the first metric, "signatures" has all.
   *
   * @param degenerate how many translations are, if that was counted
   * @param against tests against a second system by metric, empty without one
   */
  String json(
      Optional<Double> seconds,
      OptionalLong degenerate,
      Map<String, PairedBootstrap.Result> against) {
    ObjectNode object = JSON.createObjectNode();
    scores.forEach(object::put);
    object.put("signature", signatures.values().iterator().next());
    ObjectNode all = object.putObject("signatures");
    signatures.forEach(all::put);
    object.put("sentences", sentences);
    seconds.ifPresent(value -> object.put("seconds", value));
    degenerate.ifPresent(value -> object.put("degenerate", value));
    against.forEach(
        (metric, test) ->
            object
                .withObjectProperty("against")
                .putObject(metric)
                .put("score", test.first())
                .put("interval", test.firstInterval())
                .put("otherScore", test.second())
                .put("otherInterval", test.secondInterval())
                .put("pValue", test.pValue()));
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
