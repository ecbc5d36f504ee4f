package org.yuqiao.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.embedding.vectors.WordVectors;

/** The ideas that word vectors rest on, each to be seen on real ones. */
class EmbeddingIdeasTest {
  private static final WordVectors VECTORS = Fixtures.vectors("plural.txt");

  /** The embedding matrix E {@code [V, D]}. */
  private static final INDArray EMBEDDING =
      Nd4j.createFromArray(VECTORS.values()).reshape(VECTORS.size(), VECTORS.dimension());

  private static int row(String word) {
    return VECTORS.index(word).orElseThrow();
  }

  /** {@code [1, V]}: 1 at the word, 0 elsewhere. */
  private static INDArray oneHot(String word) {
    return Nd4j.zeros(1, VECTORS.size()).putScalar(0, row(word), 1);
  }

  @Test
  void oneHotTimesTheEmbeddingMatrixIsTheRowLookUp() {
    for (String word : List.of("cat", "teachers", "near")) {
      float[] product = oneHot(word).mmul(EMBEDDING).toFloatVector();
      assertArrayEquals(VECTORS.row(row(word)), product);
    }
  }

  @Test
  void theHiddenLayerOfCbowIsTheMeanOfTheContextVectors() {
    List<String> context = List.of("the", "old", "is", "near");
    INDArray bagOfWords = Nd4j.zeros(1, VECTORS.size());
    context.forEach(word -> bagOfWords.addi(oneHot(word)));
    float[] hidden = bagOfWords.divi(context.size()).mmul(EMBEDDING).toFloatVector();
    for (int d = 0; d < VECTORS.dimension(); d++) {
      float sum = 0;
      for (String word : context) {
        sum += VECTORS.row(row(word))[d];
      }
      assertEquals(sum / 4, hidden[d], 1e-6);
    }
  }

  @Test
  void pluralMinusSingularIsADirectionThatOtherNounsFollow() {
    double[] direction = new double[VECTORS.dimension()];
    for (String noun : List.of("cat", "dog", "book", "pen", "teacher", "doctor")) {
      float[] singular = VECTORS.row(row(noun));
      float[] plural = VECTORS.row(row(noun + "s"));
      for (int d = 0; d < direction.length; d++) {
        direction[d] += plural[d] - singular[d];
      }
    }
    List<String> others =
        List.of(
            "horse",
            "bird",
            "cow",
            "duck",
            "goat",
            "rabbit",
            "letter",
            "map",
            "ticket",
            "picture",
            "lamp",
            "farmer",
            "student",
            "singer",
            "driver",
            "neighbour",
            "worker");
    for (String noun : others) {
      double singular = dot(direction, noun);
      double plural = dot(direction, noun + "s");
      assertTrue(singular < 0 && plural > 0, noun + ": " + singular + " to " + plural);
    }
    assertTrue(dot(direction, "box") < dot(direction, "boxes"));
  }

  private static double dot(double[] direction, String word) {
    float[] vector = VECTORS.row(row(word));
    double sum = 0;
    for (int d = 0; d < vector.length; d++) {
      sum += direction[d] * vector[d];
    }
    return sum;
  }
}
