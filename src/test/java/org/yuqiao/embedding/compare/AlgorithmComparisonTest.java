package org.yuqiao.embedding.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.yuqiao.embedding.vectors.SentenceSource;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;

class AlgorithmComparisonTest {
  private static final SentenceSource TEXT =
      sentences -> {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
          sentences.accept(random.ints(6, 0, 9).mapToObj(word -> "w" + word).toList());
        }
      };

  private static Word2VecSettings settings(Word2VecAlgorithm algorithm) {
    return Word2VecSettings.builder(algorithm)
        .dimension(4)
        .minimumCount(1)
        .epochs(1)
        .alpha(0.2)
        .seed(7)
        .build();
  }

  @Test
  void everyAlgorithmIsTrainedWithItsSettingsAndConsecutiveSeeds() {
    List<AlgorithmComparison.Outcome> outcomes =
        new AlgorithmComparison(AlgorithmComparisonTest::settings, 2, Optional.empty())
            .run(TEXT, title -> progress -> {});
    assertEquals(Word2VecAlgorithm.values().length, outcomes.size());
    for (AlgorithmComparison.Outcome outcome : outcomes) {
      assertEquals(
          List.of(7L, 8L), outcome.trials().stream().map(AlgorithmComparison.Trial::seed).toList());
      Word2Vec.Result alone =
          new Word2Vec(settings(outcome.algorithm()), progress -> {}).train(TEXT);
      assertArrayEquals(alone.vectors().row(0), outcome.trials().get(0).result().vectors().row(0));
    }
  }
}
