package org.yuqiao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuqiao.cli.ProgramProcess.Result;

/** Scores of a model on a test set and of given pairs. */
@ExtendWith(TrainedRun.Extension.class)
class EvaluateCommandTest {
  @Test
  void evaluationPrintsScoresAndSignatureAsJson(TrainedRun run) throws IOException {
    Result evaluated =
        InProcess.run(
            "", "evaluate", "--model", run.path("run"), "--test", run.path("valid.tsv"), "--json");
    JsonNode scores = new ObjectMapper().readTree(evaluated.out());
    for (String key : List.of("bleu", "chrf", "ter", "signature", "sentences", "seconds")) {
      assertTrue(scores.has(key), key);
    }
    assertTrue(scores.get("signature").asText().contains("tok:13a"));
  }

  @Test
  void aPairIsScoredTokenByToken(TrainedRun run) throws IOException {
    Result scored =
        InProcess.run(
            "", "score-pairs", "--model", run.path("run"), run.path("valid.tsv"), "--json");
    JsonNode pair = new ObjectMapper().readTree(scored.out()).get("pairs").get(0);
    double sum = 0;
    for (JsonNode score : pair.get("scores")) {
      sum += score.asDouble();
    }
    assertEquals(sum, pair.get("logProbability").asDouble(), 1e-9);
    assertEquals("<eos>", pair.get("tokens").get(pair.get("tokens").size() - 1).asText());
  }
}
