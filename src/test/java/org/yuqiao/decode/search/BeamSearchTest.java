package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.SHORT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.logits.LengthLimits;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LengthNormalization;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.text.Tokenizer;

/** Beam search against the enumeration of all translations, its candidates and its order. */
class BeamSearchTest {
  private static DecodingSettings settings(int beam, double alpha, double beta, double maximum) {
    return DecodingSettings.builder()
        .beamSize(beam)
        .lengthPenalty(alpha)
        .coveragePenalty(beta)
        .maxLengthRatio(maximum)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "0.6,0", "0,0.3", "1,0.3"})
  void aBeamThatPrunesNothingFindsWhatCountingOutFinds(double alpha, double beta) {
    for (int seed = 0; seed < 10; seed++) {
      TableModel model = new TableModel(7, seed);
      // Three words besides the special tokens and at most 4 of them: 3 + 9 + 27 + 81 translations.
      Ranking ranking = new Ranking(LengthNormalization.GNMT, alpha, beta);
      LogitsProcessor limits = new LengthLimits(1, 4);
      BeamSearch search =
          new BeamSearch(
              new BeamSearch.Settings(130, 5, 4, 3, true),
              LogitsProcessor.all(List.of(LogitsProcessor.onlyText(false), limits)),
              ranking,
              BeamObserver.NONE);
      List<Hypothesis> found = SHORT.run(model, search);
      List<Hypothesis> expected = new ArrayList<>();
      countOut(model, ranking, beta > 0, new int[0], 0, expected);
      assertEquals(120, expected.size());
      expected.sort(Comparator.comparingDouble((Hypothesis h) -> -h.score()));
      for (int n = 0; n < 5; n++) {
        assertArrayEquals(expected.get(n).tokens(), found.get(n).tokens());
        assertEquals(expected.get(n).score(), found.get(n).score(), 1e-5);
      }
    }
  }

  private static void countOut(
      TableModel model,
      Ranking ranking,
      boolean covered,
      int[] tokens,
      double logProbability,
      List<Hypothesis> all) {
    int[] prefix = new int[tokens.length + 1];
    prefix[0] = Tokenizer.BOS;
    System.arraycopy(tokens, 0, prefix, 1, tokens.length);
    float[] next = model.next(prefix);
    if (tokens.length > 0) {
      float[] coverage = new float[3];
      for (int t = 0; t <= tokens.length; t++) {
        coverage[t % 3]++;
      }
      double sum = logProbability + next[Tokenizer.EOS];
      all.add(
          covered ? ranking.hypothesis(tokens, sum, coverage) : ranking.hypothesis(tokens, sum));
    }
    for (int token = 4; token < model.vocabulary() && tokens.length < 4; token++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      countOut(model, ranking, covered, longer, logProbability + next[token], all);
    }
  }

  @Test
  void theScoreOfGnmtIsThatOfItsFormula() {
    // lp = ((5 + 3) / 6)^0.5 for two tokens and the end; cp = 0.2 (log 0.5 + log 1 + log 0.25).
    Hypothesis found =
        new Ranking(LengthNormalization.GNMT, 0.5, 0.2)
            .hypothesis(new int[] {4, 5}, -3, new float[] {0.5f, 2f, 0.25f});
    assertEquals(-3 / 1.1547005 + 0.2 * (-0.6931472 - 1.3862944), found.score(), 1e-6);
  }

  @Test
  void aBeamOfOneIsGreedyWhateverTheLengthPenalty() {
    for (int seed = 0; seed < 50; seed++) {
      TableModel model = new TableModel(12, seed);
      int[] greedy = SHORT.best(model, Strategy.withoutScores(DecodingSettings.beam(1, 0)));
      for (double alpha : new double[] {0, 1, 2}) {
        // The coverage penalty keeps the strategy from taking the short cut to greedy search.
        Strategy beam = Strategy.withoutScores(settings(1, alpha, 0.1, 2));
        assertArrayEquals(greedy, SHORT.best(model, beam));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theScoresOfTheBestFallAndAllDiffer(int beam) {
    for (int seed = 0; seed < 30; seed++) {
      List<Hypothesis> found =
          SHORT.all(
              new TableModel(20, seed), Strategy.withScores(DecodingSettings.beam(beam, 1), beam));
      assertEquals(beam, found.size());
      Set<List<Integer>> different = new HashSet<>();
      for (int n = 0; n < beam; n++) {
        different.add(Arrays.stream(found.get(n).tokens()).boxed().toList());
        assertTrue(n == 0 || found.get(n - 1).score() >= found.get(n).score());
      }
      assertEquals(beam, different.size());
    }
  }

  @Test
  void stoppingEarlyFindsTheSameBestAsAskingForAll() {
    for (int seed = 0; seed < 200; seed++) {
      TableModel model = new TableModel(15, seed);
      Hypothesis all =
          SHORT.all(model, Strategy.withScores(DecodingSettings.beam(6, 0.7), 6)).get(0);
      Hypothesis one =
          SHORT.all(model, Strategy.withScores(DecodingSettings.beam(6, 0.7), 1)).get(0);
      assertArrayEquals(all.tokens(), one.tokens());
    }
  }

  @Test
  void theLogProbabilityIsTheSumOverTokensAndTheEnd() {
    for (int seed = 0; seed < 20; seed++) {
      TableModel model = new TableModel(9, seed);
      Hypothesis found = SHORT.all(model, Strategy.withScores(settings(1, 0, 0, 0.1), 1)).get(0);
      assertEquals(model.logProbability(found.tokens()), found.logProbability(), 1e-4);
    }
  }

  @Test
  void sentencesOfOneBatchThatEndAtDifferentTimesFindWhatTheyFindAlone() {
    TableModel model = new TableModel(12, 5);
    List<int[]> sources = new ArrayList<>();
    List<Search> searches = new ArrayList<>();
    List<int[]> prefixes = new ArrayList<>();
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(3, 1), 3);
    for (int i = 0; i < 9; i++) {
      prefixes.add(new int[] {4 + i % 8, 4 + i / 2});
      sources.add(new int[1 + i % 4]);
      searches.add(strategy.begin(sources.get(i), prefixes.get(i), 12));
    }
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(sources, searches);
    }
    for (int i = 0; i < 9; i++) {
      List<Hypothesis> alone =
          new TableSearch(sources.get(i), 12).all(model, strategy, prefixes.get(i));
      for (int n = 0; n < 3; n++) {
        assertArrayEquals(alone.get(n).tokens(), searches.get(i).result().get(n).tokens());
      }
    }
  }

  @Test
  void onlyTheBestExtensionsAreKeptTheFirstOfEqualOnes() {
    BeamCandidates candidates = new BeamCandidates(3);
    double[] offered = {-3, -1, -2, -1, -5, -1.5};
    for (int i = 0; i < offered.length; i++) {
      candidates.offer(i, 10 + i, offered[i]);
    }
    assertEquals(3, candidates.count());
    assertArrayEquals(new int[] {1, 3, 5}, IntStream.range(0, 3).map(candidates::row).toArray());
    assertArrayEquals(
        new int[] {11, 13, 15}, IntStream.range(0, 3).map(candidates::token).toArray());
    assertEquals(-1.5, candidates.logProbability(2));
    candidates.offer(9, 19, -1.5);
    assertEquals(5, candidates.row(2), "a later one that is as good");
    candidates.clear();
    assertEquals(0, candidates.count());
  }

  @Test
  void childrenStayInTheirParentsRowsAndOverwriteNoneThatIsWanted() {
    assertArrayEquals(new int[] {1, 0, 2}, BeamReorder.inPlace(new int[] {1, 0, 1}, 3));
    assertArrayEquals(new int[] {0, 1, 2, 3}, BeamReorder.inPlace(new int[] {0, 0, 0, 0}, 1));
    assertArrayEquals(new int[] {1, 0}, BeamReorder.inPlace(new int[] {3, 0}, 4));
  }
}
