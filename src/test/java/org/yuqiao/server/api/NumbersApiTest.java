package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers behind the views Step by step, Decode and Positions. */
class NumbersApiTest {
  private static ServedExplorer explorer;

  @BeforeAll
  static void start() {
    explorer = new ServedExplorer();
  }

  @AfterAll
  static void stop() {
    explorer.close();
  }

  private static JsonNode step(JsonNode trace, String id) {
    return StreamSupport.stream(trace.get("steps").spliterator(), false)
        .filter(step -> step.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"encoder, encoderSelf", "decoder, decoderSelf", "cross, cross"})
  void weightsOfTheStepsAreThoseOfTheExplanation(String stack, String key) throws Exception {
    String text = "今天天气很好，我们去公园吧。";
    JsonNode explained =
        explorer.post("/explain", "{\"text\":\"" + text + "\"}").body().get("sentences").get(0);
    JsonNode trace =
        explorer
            .post(
                "/steps",
                "{\"text\":\"" + text + "\",\"stack\":\"" + stack + "\",\"layer\":2,\"head\":3}")
            .body();
    assertEquals(explained.get("translation"), trace.get("translation"));
    JsonNode expected = explained.get(key).get("weights").get(1).get(2);
    JsonNode actual = step(trace, "weights").get("values");
    assertEquals(expected.size(), actual.size());
    for (int t = 0; t < expected.size(); t++) {
      for (int s = 0; s < expected.get(t).size(); s++) {
        assertEquals(expected.get(t).get(s).floatValue(), actual.get(t).get(s).floatValue(), 2e-6f);
      }
    }
  }

  @Test
  void maskedScoresAreNull() throws Exception {
    JsonNode trace = explorer.post("/steps", "{\"text\":\"你好。\",\"stack\":\"decoder\"}").body();
    JsonNode masked = step(trace, "masked").get("values");
    assertTrue(masked.get(0).get(1).isNull());
    assertTrue(masked.get(1).get(1).isNumber());
  }

  @Test
  void aChosenTokenContinuesThePrefix() throws Exception {
    JsonNode first = explorer.post("/next", "{\"text\":\"你好。\"}").body();
    JsonNode best = first.get("candidates").get(0);
    JsonNode second =
        explorer.post("/next", "{\"text\":\"你好。\",\"prefix\":[" + best.get("id") + "]}").body();
    assertEquals(best.get("token"), second.get("prefix").get(0).get("token"));
    JsonNode ended = explorer.post("/next", "{\"text\":\"你好。\",\"prefix\":[2]}").body();
    assertTrue(ended.get("finished").asBoolean());
    assertEquals(0, ended.get("candidates").size());
  }

  @Test
  void samplingCutsAndSharpensTheDistribution() throws Exception {
    JsonNode answer =
        explorer.post("/next", "{\"text\":\"你好。\",\"temperature\":0.5,\"topK\":3}").body();
    double sum = 0;
    List<Double> sampled = new ArrayList<>();
    for (JsonNode candidate : answer.get("candidates")) {
      sampled.add(candidate.get("sampled").asDouble());
      sum += candidate.get("sampled").asDouble();
    }
    assertEquals(1, sum, 1e-6);
    assertTrue(sampled.get(2) > 0 && sampled.get(3) == 0, sampled.toString());
    JsonNode best = answer.get("candidates").get(0);
    assertTrue(best.get("sampled").asDouble() > best.get("probability").asDouble());
  }

  @Test
  void teacherForcingIsShownBesideStepwiseDecoding() throws Exception {
    JsonNode answer =
        explorer.post("/forced", "{\"text\":\"你好。\",\"translation\":\"Good morning.\"}").body();
    assertEquals("<bos>", answer.get("positions").get(0).get("input").asText());
    int last = answer.get("positions").size() - 1;
    assertEquals("<eos>", answer.get("positions").get(last).get("token").asText());
    String own = answer.get("stepwise").get("translation").asText();
    assertTrue(!own.isBlank());
  }

  @Test
  void positionsAreThoseOfTheModelAndOthersByFormula() throws Exception {
    JsonNode answer = explorer.get("/positions?model=zh-en&length=8").body();
    assertEquals("sinusoidal", answer.get("own").asText());
    JsonNode own = answer.get("schemes").get(0);
    assertEquals(8, own.get("matrix").size());
    assertEquals(Math.sin(3), own.get("matrix").get(3).get(0).asDouble(), 1e-6);
    assertEquals(96, own.get("similarity").get(5).get(5).asDouble(), 1e-3);
    assertEquals("rotary", answer.get("schemes").get(1).get("id").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/steps | {'text':1} | 400 | 'text' must be a string",
        "/steps | {} | 400 | 'text' is missing; it must be a string",
        "/steps | {'text':'你好。','stack':'both'} | 400 | 'stack' must be one of encoder, decoder, cross",
        "/steps | {'text':'你好。','layer':9} | 422 | there is no encoder layer 9; the model has 1 to 3",
        "/steps | {'text':'你好。','model':'../zh'} | 404 | there is no such model; the models are zh-en, en-zh",
        "/next | {'text':'你好。','prefix':['a']} | 400 | 'prefix' must be a list of integers from 0 to 2147483647",
        "/next | {'text':'你好。','prefix':[1]} | 422 | prefix[0] is 1, which is no token inside a translation",
        "/next | {'text':'你好。','topP':0} | 400 | 'topP' must be a number from 0.001 to 1.0",
        "/forced | {'text':'你好。'} | 400 | 'translation' is missing; it must be a string"
      })
  void wrongRequestsAreAnsweredWithTheField(String path, String body, int status, String detail)
      throws Exception {
    ServedExplorer.Answer answer = explorer.post(path, body.replace('\'', '"'));
    assertEquals(detail, answer.detail());
    assertEquals(status, answer.status());
  }

  @Test
  void positionsOfAWrongLengthAreRefused() throws Exception {
    ServedExplorer.Answer answer = explorer.get("/positions?length=100000");
    assertEquals(400, answer.status());
    assertEquals("'length' must be an integer from 1 to 512", answer.detail());
  }
}
