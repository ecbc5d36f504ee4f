package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.server.ServedExplorer;

/** {@code /steps} beside {@code /explain}, and requests that it refuses. */
class StepsApiTest {
  @AutoClose private static ServedExplorer api;

  @BeforeAll
  static void start() {
    api = new ServedExplorer();
  }

  private static Map<String, JsonNode> byId(JsonNode answer) {
    Map<String, JsonNode> steps = new HashMap<>();
    answer.get("steps").forEach(step -> steps.put(step.get("id").textValue(), step));
    return steps;
  }

  @ParameterizedTest
  @CsvSource({"encoder,encoderSelf", "decoder,decoderSelf", "cross,cross"})
  void weightsAreThoseOfExplainToTheLastDigit(String stack, String key) throws Exception {
    JsonNode explained =
        api.answer("/explain", "{'text': 'The cat sat on the mat.'}").get("sentences").get(0);
    for (int layer = 1; layer <= 3; layer++) {
      for (int head = 1; head <= 4; head++) {
        JsonNode answer =
            api.answer(
                "/steps",
                String.format(
                    "{'text': 'The cat sat on the mat.', 'stack': '%s', 'layer': %d, 'head': %d}",
                    stack, layer, head));
        assertEquals(explained.get("translation"), answer.get("translation"));
        JsonNode expected = explained.get(key).get("weights").get(layer - 1).get(head - 1);
        assertEquals(expected, byId(answer).get("weights").get("values"));
        assertEquals(explained.get(key).get("keys"), answer.get("keys"));
      }
    }
  }

  @Test
  void probabilitiesAreThoseOfExplain() throws Exception {
    JsonNode explained = api.answer("/explain", "{'text': 'I like tea.'}").get("sentences").get(0);
    JsonNode answer = api.answer("/steps", "{'text': 'I like tea.', 'stack': 'cross', 'layer': 3}");
    JsonNode probabilities = byId(answer).get("probabilities");
    JsonNode target = explained.get("target");
    assertEquals(target.size(), probabilities.get("values").size());
    for (int t = 0; t < target.size(); t++) {
      JsonNode best = target.get(t).get("alternatives").get(0);
      assertEquals(best.get("token"), probabilities.get("tokens").get(t).get(0));
      assertEquals(
          Math.exp(best.get("logProbability").doubleValue()),
          probabilities.get("values").get(t).get(0).doubleValue(),
          1e-6);
      assertEquals(50, probabilities.get("values").get(t).size());
    }
  }

  @Test
  void aStepHasItsShapeLabelsAndFormula() throws Exception {
    JsonNode answer =
        api.answer("/steps", "{'text': 'I like tea.', 'stack': 'decoder', 'head': 2}");
    Map<String, JsonNode> steps = byId(answer);
    JsonNode masked = steps.get("masked");
    assertTrue(masked.get("values").get(0).get(1).isNull());
    assertEquals(answer.get("queries"), masked.get("rows"));
    assertEquals(answer.get("keys"), masked.get("columns"));
    assertEquals("Q = (N W_Q + b_Q)[:, 64 : 128]", steps.get("query").get("formula").textValue());
    JsonNode hidden = steps.get("feed-forward-1");
    assertEquals(1024, hidden.get("shape").get(1).intValue());
    assertEquals(512, hidden.get("values").get(0).size());
    assertEquals(1024, hidden.get("total").get("columns").intValue());
    JsonNode oneHot = steps.get("one-hot");
    assertEquals(answer.get("target").get(1).get("id"), oneHot.get("ids").get(1));
    assertEquals(oneHot.get("shape").get(1), oneHot.get("vocabulary"));
    assertTrue(Set.of("float32", "int8").contains(answer.get("weights").textValue()));
    assertEquals("<bos>", answer.get("queries").get(0).textValue());
    JsonNode predicted = answer.get("predicted");
    assertEquals("<eos>", predicted.get(predicted.size() - 1).get("token").textValue());
  }

  @Test
  void aGivenTranslationIsTraced() throws Exception {
    JsonNode answer =
        api.answer("/steps", "{'text': 'I like tea.', 'translation': '我喜欢茶。', 'stack': 'cross'}");
    assertEquals("我喜欢茶。", answer.get("translation").textValue());
    assertEquals(answer.get("source").size(), answer.get("keys").size());
  }

  @Test
  void badRequestsNameTheField() throws Exception {
    assertEquals(
        "'text' is missing; it must be a string", api.refused(400, "/steps", "{'layer': 1}"));
    assertEquals("'text' must be a string", api.refused(400, "/steps", "{'text': 1}"));
    assertEquals(
        "'layer' must be an integer from 1 to 3",
        api.refused(400, "/steps", "{'text': 'a', 'layer': 4}"));
    assertEquals(
        "'head' must be an integer from 1 to 4",
        api.refused(400, "/steps", "{'text': 'a', 'head': 1.5}"));
    assertEquals(
        "'stack' must be one of encoder, decoder, cross",
        api.refused(400, "/steps", "{'text': 'a', 'stack': 'both'}"));
    assertTrue(
        api.refused(404, "/steps", "{'text': 'a', 'model': '../zh-en'}").contains("no such model"));
  }

  @Test
  void aSentenceLongerThanTheModelReadsIsUnprocessable() throws Exception {
    String longText = "cat ".repeat(200);
    String expected = "the sentence has 200 tokens, but the model reads 127 at most";
    assertEquals(expected, api.refused(422, "/steps", "{'text': '" + longText + "'}"));
    assertEquals(expected, api.refused(422, "/next", "{'text': '" + longText + "'}"));
    assertEquals(
        expected, api.refused(422, "/forced", "{'text': '" + longText + "', 'translation': ''}"));
    assertEquals(
        expected, api.refused(422, "/steps", "{'text': '" + longText + "', 'translation': '猫'}"));
  }
}
