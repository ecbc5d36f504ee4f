package org.yuqiao.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.server.ServedExplorer;

class VectorsApiTest {
  private static final String EN = "/vectors/vectors-en-skipgram/";
  @AutoClose private static ServedExplorer explorer;

  @BeforeAll
  static void start() {
    explorer = new ServedExplorer();
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(one -> words.add(one.get("word").asText()));
    return words;
  }

  @Test
  void vectorsOfTheProgramAndEmbeddingsOfTheModelsAreListed() throws Exception {
    List<String> ids = new ArrayList<>();
    explorer.get("/vectors").body().get("sets").forEach(set -> ids.add(set.get("id").asText()));
    assertTrue(
        ids.containsAll(
            List.of("vectors-zh-cbow", "vectors-en-skipgram", "zh-en.source", "en-zh.target")),
        ids.toString());
  }

  @Test
  void wordsAreFoundByTheirParts() throws Exception {
    assertTrue(words(explorer.get(EN + "search?q=teach").body().get("words")).contains("teacher"));
  }

  @Test
  void neighborsComeWithTheirSimilarity() throws Exception {
    JsonNode answer = explorer.get(EN + "neighbors?word=morning&count=4").body();
    assertEquals(4, answer.get("neighbors").size());
    assertTrue(words(answer.get("neighbors")).contains("evening"));
    double first = answer.get("neighbors").get(0).get("similarity").asDouble();
    assertTrue(first <= 1 && first >= answer.get("neighbors").get(1).get("similarity").asDouble());
  }

  @Test
  void anAnalogyHasAnswersOtherThanItsWords() throws Exception {
    List<String> answers =
        words(explorer.get(EN + "analogy?a=man&b=woman&c=king").body().get("answers"));
    assertEquals(5, answers.size());
    assertTrue(answers.contains("queen"), answers.toString());
  }

  @ParameterizedTest
  @CsvSource({"pca, 2", "pca, 3", "tsne, 2"})
  void projectionsHaveAPointForEachWord(String method, int dimensions) throws Exception {
    String path =
        EN + "projection?count=40&words=zoo&method=" + method + "&dimensions=" + dimensions;
    JsonNode answer = explorer.get(path).body();
    assertEquals(41, answer.get("points").size());
    assertTrue(words(answer.get("points")).contains("zoo"));
    assertEquals(dimensions == 3, answer.get("points").get(0).has("z"));
    assertEquals(method.equals("pca"), answer.has("explained"));
    assertEquals(answer, explorer.get(path).body(), "the same again");
  }

  @Test
  void pluralsLieOnOneSideOfTheirSingulars() throws Exception {
    JsonNode answer = explorer.get(EN + "direction?pairs=plural").body();
    int total = answer.get("total").asInt();
    assertTrue(total >= 5);
    assertTrue(answer.get("ordered").asInt() > 0.8 * total, answer.toString());
  }

  @Test
  void aProjectionOfNamedWordsHoldsNoOthers() throws Exception {
    JsonNode points =
        explorer.get(EN + "projection?count=0&words=boy,girl,father,mother").body().get("points");
    assertEquals(
        List.of("boy", "girl", "father", "mother"),
        StreamSupport.stream(points.spliterator(), false)
            .map(point -> point.get("word").asText())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "neighbors | 400 | the query parameter 'word' is missing",
        "neighbors?word=xyzzyq | 404 | the word is not in the vocabulary of vectors-en-skipgram",
        "neighbors?word=king&count=0 | 400 | 'count' must be an integer from 1 to 100",
        "neighbors?word=king&word=queen | 400 | 'word' is given twice",
        "projection?method=umap | 400 | 'method' must be one of pca, tsne",
        "projection?dimensions=4 | 400 | 'dimensions' must be an integer from 2 to 3",
        "projection?count=0&words=king | 400 | 'count' and 'words' must name at least 4 words together, not 1",
        "analogy?a=king&b=queen | 400 | the query parameter 'c' is missing",
        "search?quest=1 | 400 | unknown query parameter; expected q, count"
      })
  void wrongQueriesAreAnsweredWithTheParameter(String path, int status, String detail)
      throws Exception {
    ServedExplorer.Answer answer = explorer.get(EN + path);
    assertEquals(detail, answer.detail());
    assertEquals(status, answer.status());
  }

  @Test
  void aMisspelledWordIsAnsweredWithSuggestions() throws Exception {
    JsonNode answer = explorer.get(EN + "neighbors?word=teachr").body();
    assertTrue(answer.get("suggestions").toString().contains("teacher"), answer.toString());
  }

  @Test
  void unknownSetsAndPathsAreNotFound() throws Exception {
    for (String id : List.of("nope", "../models", "..%2fmodels")) {
      String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
      assertEquals(404, explorer.get("/vectors/" + encoded + "/search").status(), id);
    }
  }
}
