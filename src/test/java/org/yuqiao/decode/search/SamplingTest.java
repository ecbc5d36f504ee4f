package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.LONG;
import static org.yuqiao.decode.search.TableSearch.SAMPLING;
import static org.yuqiao.decode.search.TableSearch.SHORT;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;

/** Tokens drawn at a temperature, from the top k, from the nucleus. */
class SamplingTest {
  @ParameterizedTest
  @CsvSource({"0,1", "5,1", "0,0.9", "3,0.5"})
  void samplingAtATemperatureNearZeroIsGreedy(int topK, double topP) {
    for (int seed = 0; seed < 30; seed++) {
      TableModel model = new TableModel(40, seed);
      DecodingSettings settings = DecodingSettings.beam(1, 1);
      Sampling cold = new Sampling(1e-6, topK, topP, seed);
      assertArrayEquals(
          SHORT.best(model, Strategy.withoutScores(settings)),
          SHORT.best(model, Strategy.sampling(settings, cold, 1)));
    }
  }

  @Test
  void tokensAreDrawnAsOftenAsTheyAreProbable() {
    float[] scores = new float[100];
    Arrays.fill(scores, LogitsProcessor.MASKED);
    double[] p = {0.5, 0.3, 0.15, 0.05};
    for (int i = 0; i < 4; i++) {
      scores[10 * i] = (float) Math.log(p[i]);
    }
    assertFrequencies(new Sampling(1, 0, 1, 1), scores, 0.5, 0.3, 0.15, 0.05);
    // At T = 0.5 probabilities are squared: 0.25, 0.09, 0.0225, 0.0025 of 0.365.
    assertFrequencies(new Sampling(0.5, 0, 1, 1), scores, 0.6849, 0.2466, 0.0616, 0.0068);
    assertFrequencies(new Sampling(1, 2, 1, 1), scores, 0.625, 0.375, 0, 0);
    assertFrequencies(new Sampling(1, 0, 0.7, 1), scores, 0.625, 0.375, 0, 0);
    // Of the three best, which hold 0.95, two are 0.8 / 0.95 = 0.84 and so enough for 0.82.
    assertFrequencies(new Sampling(1, 3, 0.82, 1), scores, 0.625, 0.375, 0, 0);
    assertFrequencies(new Sampling(1, 3, 0.9, 1), scores, 0.5263, 0.3158, 0.1579, 0);
  }

  private static void assertFrequencies(Sampling sampling, float[] scores, double... expected) {
    SplittableRandom random = new SplittableRandom(3);
    int[] counts = new int[4];
    for (int i = 0; i < 20000; i++) {
      counts[sampling.draw(scores, random) / 10]++;
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i], counts[i] / 20000.0, 0.015, sampling.toString());
    }
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherDrawsOtherwise() {
    TableModel model = new TableModel(200, 1);
    DecodingSettings settings = DecodingSettings.beam(1, 1);
    List<Hypothesis> one =
        SHORT.all(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 7), 3));
    List<Hypothesis> again =
        SHORT.all(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 7), 3));
    List<Hypothesis> other =
        SHORT.all(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 8), 3));
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(one.get(i).tokens(), again.get(i).tokens());
    }
    assertFalse(Arrays.equals(one.get(0).tokens(), other.get(0).tokens()));
    assertFalse(Arrays.equals(one.get(0).tokens(), one.get(1).tokens()));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 0.5", "2, 1", "2, 0.5", "60, 1"})
  void whereAllTokensAreMaskedNoneIsDrawn(int topK, double topP) {
    float[] masked = new float[50];
    Arrays.fill(masked, LogitsProcessor.MASKED);
    Sampling sampling = new Sampling(1, topK, topP, 1);
    assertEquals(-1, sampling.draw(masked, new SplittableRandom(1)));
    masked[7] = -100;
    assertEquals(7, sampling.draw(masked, new SplittableRandom(1)));
  }

  /** Of equally probable tokens the first are kept; more than are sorted at first. */
  @ParameterizedTest
  @CsvSource({"0, 0.9, 90", "50, 1, 50", "50, 0.5, 25", "80, 0.75, 60", "32, 1, 32", "0, 1, 100"})
  void exactlyTheTokensThatAreKeptAreDrawn(int topK, double topP, int kept) {
    float[] scores = new float[100];
    Arrays.fill(scores, -3);
    Sampling sampling = new Sampling(1, topK, topP, 1);
    int[] counts = new int[100];
    SplittableRandom random = new SplittableRandom(2);
    int draws = 200 * kept;
    for (int i = 0; i < draws; i++) {
      counts[sampling.draw(scores, random)]++;
    }
    for (int token = 0; token < 100; token++) {
      assertEquals(token < kept ? 200 : 0, counts[token], 85, "token " + token);
      assertEquals(token < kept, counts[token] > 0, "token " + token);
    }
  }

  @Test
  void samplesAreRankedAndHaveTheProbabilityOfTheirTokens() {
    TableModel model = new TableModel(9, 5);
    DecodingSettings settings = DecodingSettings.beam(1, 0);
    List<Hypothesis> samples = LONG.all(model, Strategy.sampling(settings, SAMPLING, 8));
    assertEquals(8, samples.size());
    for (int n = 0; n < 8; n++) {
      Hypothesis sample = samples.get(n);
      assertTrue(n == 0 || samples.get(n - 1).score() >= sample.score());
      assertEquals(model.logProbability(sample.tokens()), sample.logProbability(), 1e-4);
    }
    assertTrue(samples.get(0).score() > samples.get(7).score());
  }
}
