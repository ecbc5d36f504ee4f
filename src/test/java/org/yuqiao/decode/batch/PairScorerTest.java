package org.yuqiao.decode.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.step.Ensemble;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Tokenizer;

/** Teacher-forced scores of batches against decoding pair by pair, token by token. */
class PairScorerTest {
  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void scoresAreThoseOfDecodingStepByStep(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    List<WeightedModel> one = List.of(WeightedModel.of(model, model.initialize(3)));
    List<WeightedModel> two = List.of(one.get(0), WeightedModel.of(model, model.initialize(4)));
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> sources = new ArrayList<>();
    List<int[]> targets = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      sources.add(random.ints(1 + random.nextInt(8), 4, model.vocabularies().source()).toArray());
      targets.add(random.ints(random.nextInt(8), 4, model.vocabularies().target()).toArray());
    }
    for (List<WeightedModel> models : List.of(one, two)) {
      try (PairScorer scorer = new PairScorer(models, new Backend(2));
          StepModel steps = Ensemble.of(models, new Backend(1), new StepOutputs(true, false))) {
        List<double[]> scores = scorer.score(sources, targets);
        assertEquals(sources.size(), scores.size());
        for (int i = 0; i < scores.size(); i++) {
          assertArrayEquals(stepByStep(steps, sources.get(i), targets.get(i)), scores.get(i), 1e-4);
        }
      }
    }
  }

  private static double[] stepByStep(StepModel model, int[] source, int[] target) {
    float[] row = new float[model.vocabulary()];
    double[] scores = new double[target.length + 1];
    model.begin(List.of(source));
    for (int t = 0; t < scores.length; t++) {
      model.step(new int[] {t == 0 ? Tokenizer.BOS : target[t - 1]});
      model.read(0, row);
      scores[t] = row[t < target.length ? target[t] : Tokenizer.EOS];
    }
    return scores;
  }
}
