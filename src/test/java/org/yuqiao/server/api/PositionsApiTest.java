package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yuqiao.server.ServedExplorer;

/** {@code /positions} and the rows that {@code /steps} adds to embeddings. */
class PositionsApiTest {
  @AutoClose private static ServedExplorer api;

  @BeforeAll
  static void start() {
    api = new ServedExplorer();
  }

  @Test
  void theModelsOwnEncodingIsTheOneItAdds() throws Exception {
    JsonNode answer = api.answer("/positions?model=en-zh&length=5");
    assertEquals("sinusoidal", answer.get("own").textValue());
    JsonNode own = answer.get("schemes").get(0);
    assertEquals("sinusoidal", own.get("id").textValue());
    assertEquals("model", own.get("source").textValue());
    JsonNode position =
        api.answer("/steps", "{'text': 'The cat sat on the mat.'}").get("steps").get(3);
    assertEquals("position", position.get("id").textValue());
    for (int t = 0; t < 5; t++) {
      assertEquals(position.get("values").get(t), own.get("matrix").get(t));
    }
    JsonNode rotary = answer.get("schemes").get(1);
    assertEquals("rotary", rotary.get("id").textValue());
    assertEquals("formula", rotary.get("source").textValue());
    assertEquals(64, rotary.get("matrix").get(0).size());
    // 32 pairs with cos² + sin² = 1.
    assertEquals(32, rotary.get("similarity").get(3).get(3).doubleValue(), 1e-4);
  }

  @Test
  void formulasGoBeyondTheModelsLongestSentence() throws Exception {
    JsonNode answer = api.answer("/positions?model=en-zh&length=130");
    assertEquals(130, answer.get("schemes").get(0).get("matrix").size());
  }

  @Test
  void badParametersAreNamed() throws Exception {
    assertEquals(
        "'length' must be an integer from 1 to 512", api.refused(400, "/positions?length=0"));
    assertEquals(
        "unknown query parameter; expected model, length", api.refused(400, "/positions?lenght=5"));
    assertEquals(
        "there is no such model; the models are zh-en, en-zh",
        api.refused(404, "/positions?model=x"));
  }
}
