package org.yuqiao.embedding.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.Fixtures;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

class WordQueriesTest {
  private static int row(WordVectors vectors, String word) {
    return vectors.index(word).orElseThrow();
  }

  @Test
  void neighborsAndSimilaritiesAreThoseOfWord2Vec() {
    WordVectors vectors = Fixtures.vectors("plural.txt");
    List<Neighbor> nearest = new NearestNeighbors(vectors).of(row(vectors, "cat"), 4);
    assertEquals(
        List.of("dog", "horse", "cow", "goat"), nearest.stream().map(Neighbor::word).toList());
    double[] ofWord2Vec = {0.996973, 0.995028, 0.994755, 0.994272};
    for (int i = 0; i < 4; i++) {
      assertEquals(ofWord2Vec[i], nearest.get(i).score(), 1e-6);
    }
    assertEquals(
        0.996973, new CosineSimilarity(vectors).of(row(vectors, "cat"), row(vectors, "dog")), 1e-6);
  }

  @Test
  void theBestAreThoseThatSortingGivesEarlierOnesFirst() {
    WordVectors vectors = Fixtures.random(500, 19, 3);
    float[] scores = new CosineSimilarity(vectors).withAll(vectors.row(7));
    for (int i = 100; i < 200; i++) {
      scores[i] = 0.25f;
    }
    List<String> sorted =
        IntStream.range(0, 500)
            .boxed()
            .filter(i -> i != 7 && i != 150)
            .sorted(Comparator.comparing((Integer i) -> -scores[i]).thenComparing(i -> i))
            .limit(120)
            .map(vectors::word)
            .toList();
    List<Neighbor> best = NearestNeighbors.best(vectors, scores.clone(), 120, Set.of(7, 150));
    assertEquals(sorted, best.stream().map(Neighbor::word).toList());
    assertEquals(498, NearestNeighbors.best(vectors, scores, 1000, Set.of(7, 150)).size());
  }

  @Test
  void aZeroVectorIsLikeNothing() {
    WordVectors vectors =
        new WordVectors(List.of("a", "zero", "b"), 2, new float[] {1, 0, 0, 0, -3, 4});
    CosineSimilarity similarity = new CosineSimilarity(vectors);
    assertEquals(0, similarity.of(0, 1));
    assertEquals(-0.6, similarity.of(0, 2), 1e-7);
  }

  @Test
  void theTwoMethodsWeighTheSameCosinesDifferently() {
    // Cosines of c with b, a, a* by hand: the vectors are (cos, sin) of the angles in degrees.
    double[] degrees = {0, 90, 45, 135, 110};
    float[] values = new float[10];
    for (int i = 0; i < 5; i++) {
      values[2 * i] = (float) Math.cos(Math.toRadians(degrees[i]));
      values[2 * i + 1] = (float) Math.sin(Math.toRadians(degrees[i]));
    }
    WordVectors vectors = new WordVectors(List.of("a", "a*", "b", "x", "y"), 2, values);
    List<Neighbor> add = new Analogy(vectors).answers(0, 1, 2, AnalogyMethod.ADD, 2);
    // x: cos 90 - cos 135 + cos 45 = 1.41421; y: cos 65 - cos 110 + cos 20 = 1.70433; plus 1, half.
    assertEquals("y", add.get(0).word());
    assertEquals((1.70433 + 1) / 2, add.get(0).score(), 1e-5);
    assertEquals((1.41421 + 1) / 2, add.get(1).score(), 1e-5);
    List<Neighbor> multiply = new Analogy(vectors).answers(0, 1, 2, AnalogyMethod.MULTIPLY, 2);
    // x: 0.5 * 0.853553 / (0.146447 + 0.001); y: 0.711309 * 0.969846 / (0.328990 + 0.001).
    assertEquals("x", multiply.get(0).word());
    assertEquals(2.894456, multiply.get(0).score(), 1e-4);
    assertEquals(2.090563, multiply.get(1).score(), 1e-4);
  }

  @Test
  void theOddOneIsLeastLikeTheMean() {
    WordVectors vectors = Fixtures.vectors("plural.txt");
    List<Integer> words =
        List.of("cat", "horse", "teacher", "cow").stream().map(w -> row(vectors, w)).toList();
    assertEquals("teacher", new OddOneOut(vectors).ranked(words).get(0).word());
  }

  @Test
  void anUnknownWordIsMetWithWordsWrittenLikeIt() {
    WordVectors vectors =
        new WordVectors(List.of("people", "Beijing", "国王", "王国", "女王", "receive"), 1, new float[6]);
    WordSuggestions suggestions = new WordSuggestions(vectors);
    assertEquals("receive", suggestions.similar("recieve").get(0));
    assertEquals("Beijing", suggestions.similar("beijing").get(0));
    assertEquals("国王", suggestions.similar("国王们").get(0));
    assertTrue(suggestions.similar("xyzzy").isEmpty());
    String message =
        assertThrows(InvalidInputException.class, () -> suggestions.require("poeple")).getMessage();
    assertEquals("the word 'poeple' is not among the 6 words; similar words: 'people'", message);
    assertEquals(1, suggestions.require("Beijing"));
  }

  @Test
  void likenessIsEditsOrSharedCharacters() {
    // kitten to sitting is three edits; 7 is the longer length.
    assertEquals(4 / 7f, WordSuggestions.editSimilarity(points("kitten"), points("sitting")), 1e-6);
    assertEquals(0.9f, WordSuggestions.sharedCharacters(points("abc"), points("cab")), 1e-6);
    assertEquals(0.36f, WordSuggestions.sharedCharacters(points("aab"), points("ac")), 1e-6);
  }

  private static int[] points(String text) {
    return text.codePoints().toArray();
  }
}
