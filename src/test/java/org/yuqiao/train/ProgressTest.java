package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Progress with(List<Progress.Validation> validations) {
    return new Progress(9, 1, 2, 3.5, 4, 5, validations);
  }

  private static Progress.Validation validation(double loss, Map<String, Double> scores) {
    return new Progress.Validation(3, 1, loss, scores);
  }

  @Test
  void progressIsReadAsItWasWrittenWithItsScoresInOrder() throws JsonProcessingException {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("f1", 80.0);
    scores.put("accuracy", 90.0);
    Progress progress = with(List.of(validation(2, scores), validation(1.5, Map.of())));
    Progress read = JSON.readValue(JSON.writeValueAsString(progress), Progress.class);
    assertEquals(progress, read);
    assertEquals(
        List.of("f1", "accuracy"), new ArrayList<>(read.validations().get(0).scores().keySet()));
  }

  @Test
  void whatWasWrittenWhenAllModelsTranslatedCanStillBeRead() throws JsonProcessingException {
    String old =
        """
        {"step": 9, "epoch": 1, "batch": 2, "seconds": 3.5, "sourceTokens": 4, "targetTokens": 5,
         "validations": [{"step": 3, "seconds": 1.0, "loss": 2.0, "bleu": 12.5, "chrf": 20.0}]}
        """;
    Progress.Validation read = JSON.readValue(old, Progress.class).validations().get(0);
    assertEquals(Map.of("bleu", 12.5, "chrf", 20.0), read.scores());
    assertEquals(12.5, read.quality());
  }

  @Test
  void theFirstScoreDecidesOrTheLossWhereThereIsNone() {
    assertEquals(
        1,
        with(List.of(
                validation(3, Map.of("f1", 50.0)),
                validation(2, Map.of("f1", 60.0)),
                validation(1, Map.of("f1", 55.0))))
            .validationsSinceBest());
    assertEquals(
        1,
        with(List.of(validation(3, Map.of()), validation(1, Map.of()), validation(2, Map.of())))
            .validationsSinceBest());
  }
}
