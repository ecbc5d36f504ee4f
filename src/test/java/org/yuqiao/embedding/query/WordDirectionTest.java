package org.yuqiao.embedding.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.files.InvalidInputException;

class WordDirectionTest {
  private static final int PAIRS = 40;
  private static final int DIMENSION = 60;

  private static final WordPairs NUMBERED =
      new WordPairs(
          "numbered",
          IntStream.range(0, PAIRS).mapToObj(i -> new WordPairs.Pair("a" + i, "b" + i)).toList());

  /** Pairs at random; the second word is moved by {@code shift} along the first axis. */
  private static WordVectors vectors(double shift) {
    Random random = new Random(7);
    List<String> words = new ArrayList<>();
    float[] values = new float[2 * PAIRS * DIMENSION];
    for (int i = 0; i < 2 * PAIRS; i++) {
      words.add((i % 2 == 0 ? "a" : "b") + i / 2);
      for (int d = 0; d < DIMENSION; d++) {
        values[i * DIMENSION + d] =
            (float) (random.nextGaussian() + (d == 0 && i % 2 == 1 ? shift : 0));
      }
    }
    return new WordVectors(words, DIMENSION, values);
  }

  private static WordDirection direction(WordVectors vectors) {
    return WordDirection.of(vectors, new WordSearch(vectors), NUMBERED);
  }

  @Test
  void pairsWithACommonDifferenceAreOrdered() {
    WordDirection direction = direction(vectors(8));
    assertEquals(PAIRS, direction.ordered());
    assertTrue(direction.projections().stream().allMatch(p -> p.cosine() > 0.3));
  }

  @Test
  void pairsWithoutACommonDifferenceAreOrderedByChanceOnly() {
    // With its own difference in the mean, each pair would be ordered.
    int ordered = direction(vectors(0)).ordered();
    assertTrue(ordered > PAIRS / 5 && ordered < PAIRS * 4 / 5, ordered + " of " + PAIRS);
  }

  @Test
  void aProjectionIsTheDotProductWithTheMeanDifferenceOfTheOtherPairs() {
    WordPairs pairs =
        new WordPairs(
            "axes",
            IntStream.range(0, 5).mapToObj(i -> new WordPairs.Pair("a" + i, "b" + i)).toList());
    // Four pairs go from the first axis to the second, the last one from the third to the first.
    float[] values = {
      2, 0, 0, 0, 3, 0, 1, 0, 0, 0, 1, 0, 5, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 1, 0, 0
    };
    List<String> words = List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
    WordVectors vectors = new WordVectors(words, 3, values);
    WordDirection.Projection last =
        WordDirection.of(vectors, new WordSearch(vectors), pairs).projections().get(4);
    double half = Math.sqrt(0.5);
    assertEquals(0, last.fromValue(), 1e-12);
    assertEquals(-half, last.toValue(), 1e-12);
    assertEquals(-0.5, last.cosine(), 1e-12);
  }

  @Test
  void fewPairsAreRefused() {
    WordVectors vectors = vectors(1).select(IntStream.range(0, 9).toArray());
    String message =
        assertThrows(InvalidInputException.class, () -> direction(vectors)).getMessage();
    assertEquals(
        "the direction 'numbered' needs 5 of its pairs in the vocabulary, but there are 4",
        message);
    assertEquals(4, WordDirection.covered(new WordSearch(vectors), NUMBERED));
  }

  @Test
  void theProgramsPairsHaveEachWordOnce() {
    List<WordPairs> all = WordPairs.all();
    assertEquals(
        List.of("plural", "past", "comparative", "gender"),
        all.stream().map(WordPairs::name).toList());
    for (WordPairs pairs : all) {
      assertTrue(pairs.pairs().size() >= 25, pairs.name());
      Set<String> words = new HashSet<>();
      for (WordPairs.Pair pair : pairs.pairs()) {
        assertTrue(words.add(pair.from()), pair.from());
        assertTrue(words.add(pair.to()), pair.to());
      }
    }
  }
}
