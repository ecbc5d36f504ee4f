package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.server.ServedExplorer;

/** {@code /next} and {@code /forced} against {@code /explain}, and requests that they refuse. */
class NextApiTest {
  private static final String TEXT = "'text': 'The cat sat on the mat.'";

  @AutoClose private static ServedExplorer api;

  @BeforeAll
  static void start() {
    api = new ServedExplorer();
  }

  private static JsonNode next(String rest) throws Exception {
    return api.answer("/next", "{" + TEXT + rest + "}");
  }

  @Test
  void theDistributionIsThatOfExplainAtEachPositionForwardsAndBack() throws Exception {
    JsonNode target =
        api.answer("/explain", "{" + TEXT + "}").get("sentences").get(0).get("target");
    List<Integer> prefix = new ArrayList<>();
    for (JsonNode token : target) {
      JsonNode answer = next(", 'prefix': " + prefix);
      JsonNode best = token.get("alternatives");
      for (int i = 0; i < best.size(); i++) {
        JsonNode candidate = answer.get("candidates").get(i);
        double expected = Math.exp(best.get(i).get("logProbability").doubleValue());
        assertEquals(best.get(i).get("token"), candidate.get("token"));
        assertEquals(expected, candidate.get("probability").doubleValue(), 1e-4);
        assertEquals(expected, candidate.get("sampled").doubleValue(), 1e-4);
      }
      assertEquals(token.get("entropy").doubleValue(), answer.get("entropy").doubleValue(), 1e-2);
      assertFalse(answer.get("finished").booleanValue());
      prefix.add(idOf(answer, token.get("token")));
    }
    assertTrue(next(", 'prefix': " + prefix).get("finished").booleanValue());
    JsonNode first = next("");
    next(", 'prefix': " + prefix.subList(0, 3));
    assertEquals(first, next(""));
    assertEquals(
        next(", 'prefix': " + prefix.subList(0, 3)), next(", 'prefix': " + prefix.subList(0, 3)));
  }

  private static int idOf(JsonNode answer, JsonNode token) {
    for (JsonNode candidate : answer.get("candidates")) {
      if (candidate.get("token").equals(token)) {
        return candidate.get("id").intValue();
      }
    }
    throw new AssertionError(token + " is not among the candidates");
  }

  @Test
  void samplingIsThatOfTheLibrary() throws Exception {
    JsonNode all = next(", 'count': 1000");
    JsonNode cut = next(", 'temperature': 0.7, 'topK': 6, 'topP': 0.9");
    float[] logits = new float[all.get("candidates").size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = all.get("candidates").get(i).get("logit").floatValue();
    }
    double[] expected = new Sampling(0.7, 6, 0.9, 0).probabilities(logits);
    double sum = 0;
    for (int i = 0; i < 30; i++) {
      JsonNode candidate = cut.get("candidates").get(i);
      assertEquals(all.get("candidates").get(i).get("id"), candidate.get("id"));
      assertEquals(expected[i], candidate.get("sampled").doubleValue(), 1e-5);
      sum += candidate.get("sampled").doubleValue();
    }
    assertEquals(1, sum, 1e-6);
    assertTrue(cut.get("kept").intValue() <= 6);
    assertEquals(0, cut.get("candidates").get(6).get("sampled").doubleValue());
  }

  @Test
  void teacherForcingGivesTheProbabilitiesOfExplain() throws Exception {
    String given = ", 'translation': '猫坐在垫子上。'";
    JsonNode target =
        api.answer("/explain", "{" + TEXT + given + "}").get("sentences").get(0).get("target");
    JsonNode answer = api.answer("/forced", "{" + TEXT + given + "}");
    JsonNode positions = answer.get("positions");
    assertEquals(target.size(), positions.size());
    assertEquals("<bos>", positions.get(0).get("input").textValue());
    for (int t = 0; t < target.size(); t++) {
      JsonNode position = positions.get(t);
      assertEquals(target.get(t).get("token"), position.get("token"));
      assertEquals(
          Math.exp(target.get(t).get("logProbability").doubleValue()),
          position.get("probability").doubleValue(),
          1e-6);
      JsonNode best = target.get(t).get("alternatives").get(0);
      assertEquals(best.get("token"), position.get("predicted").get("token"));
    }
    JsonNode greedy = api.answer("/explain", "{" + TEXT + ", 'beam': 1}").get("sentences").get(0);
    assertEquals(greedy.get("translation"), answer.get("stepwise").get("translation"));
    assertEquals(greedy.get("target").size(), answer.get("stepwise").get("tokens").size());
  }

  @Test
  void badRequestsNameTheField() throws Exception {
    assertRefused("'prefix' must be a list of integers", "'prefix': 'a'");
    assertRefused("'prefix' must be a list of integers from 0 to", "'prefix': [100000]");
    assertRefused("'temperature' must be a number from 0.01 to 100", "'temperature': 0");
    assertRefused("'topK' must be an integer from 0 to", "'topK': -1");
    assertRefused("'topP' must be a number from 0.001 to 1", "'topP': 1.5");
    assertRefused("'count' must be an integer from 1 to 1000", "'count': 0");
    assertEquals(
        "prefix[0] is 2, which is no token inside a translation",
        api.refused(422, "/next", "{" + TEXT + ", 'prefix': [2, 5]}"));
    assertEquals(
        "'translation' is missing; it must be a string",
        api.refused(400, "/forced", "{" + TEXT + "}"));
  }

  private static void assertRefused(String expected, String field) throws Exception {
    String detail = api.refused(400, "/next", "{" + TEXT + ", " + field + "}");
    assertTrue(detail.startsWith(expected), detail);
  }
}
