package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.logits.LengthLimits;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.logits.RepetitionPenalty;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LengthNormalization;
import org.yuqiao.decode.step.Ranking;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Tokenizer;

/** Every strategy on a model whose translations can be enumerated. */
class StrategyTest {
  private static final int[] NOTHING = {};
  private static final int[] SOURCE = {5, 6};

  private static List<Hypothesis> search(TableModel model, Strategy strategy, int... prefix) {
    return search(model, strategy, SOURCE, prefix);
  }

  private static List<Hypothesis> search(
      TableModel model, Strategy strategy, int[] source, int[] prefix) {
    Search search = strategy.begin(source, prefix, model.positions());
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(source), List.of(search));
    }
    return search.result();
  }

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
      try (BatchDecoder decoder = new BatchDecoder(model)) {
        decoder.run(List.of(SOURCE), List.of(search));
      }
      List<Hypothesis> expected = new ArrayList<>();
      countOut(model, ranking, beta > 0, new int[0], 0, expected);
      assertEquals(120, expected.size());
      expected.sort(Comparator.comparingDouble((Hypothesis h) -> -h.score()));
      for (int n = 0; n < 5; n++) {
        assertArrayEquals(expected.get(n).tokens(), search.result().get(n).tokens());
        assertEquals(expected.get(n).score(), search.result().get(n).score(), 1e-5);
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
      int[] greedy =
          search(model, Strategy.withoutScores(DecodingSettings.beam(1, 0))).get(0).tokens();
      for (double alpha : new double[] {0, 1, 2}) {
        // The coverage penalty keeps the strategy from taking the short cut to greedy search.
        Strategy beam = Strategy.withoutScores(settings(1, alpha, 0.1, 2));
        assertArrayEquals(greedy, search(model, beam).get(0).tokens());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theScoresOfTheBestFallAndAllDiffer(int beam) {
    for (int seed = 0; seed < 30; seed++) {
      List<Hypothesis> found =
          search(
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
      Hypothesis all = search(model, Strategy.withScores(DecodingSettings.beam(6, 0.7), 6)).get(0);
      Hypothesis one = search(model, Strategy.withScores(DecodingSettings.beam(6, 0.7), 1)).get(0);
      assertArrayEquals(all.tokens(), one.tokens());
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "5,1", "0,0.9", "3,0.5"})
  void samplingAtATemperatureNearZeroIsGreedy(int topK, double topP) {
    for (int seed = 0; seed < 30; seed++) {
      TableModel model = new TableModel(40, seed);
      DecodingSettings settings = DecodingSettings.beam(1, 1);
      Sampling cold = new Sampling(1e-6, topK, topP, seed);
      assertArrayEquals(
          search(model, Strategy.withoutScores(settings)).get(0).tokens(),
          search(model, Strategy.sampling(settings, cold, 1)).get(0).tokens());
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
    List<Hypothesis> one = search(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 7), 3));
    List<Hypothesis> again =
        search(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 7), 3));
    List<Hypothesis> other =
        search(model, Strategy.sampling(settings, new Sampling(1, 0, 1, 8), 3));
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(one.get(i).tokens(), again.get(i).tokens());
    }
    assertFalse(Arrays.equals(one.get(0).tokens(), other.get(0).tokens()));
    assertFalse(Arrays.equals(one.get(0).tokens(), one.get(1).tokens()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aPrefixIsKeptAndTheRestIsTheModels(int beam) {
    TableModel model = new TableModel(15, 2);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(beam, 1), beam);
    for (Hypothesis found : search(model, strategy, 9, 8, 9)) {
      assertArrayEquals(new int[] {9, 8, 9}, Arrays.copyOf(found.tokens(), 3));
    }
    int[] whole = search(model, strategy).get(0).tokens();
    int[] half = Arrays.copyOf(whole, whole.length / 2);
    if (beam == 1) {
      assertArrayEquals(whole, search(model, strategy, half).get(0).tokens());
    }
  }

  @Test
  void aPrefixLongerThanThereIsRoomForIsCutOff() {
    TableModel model = new TableModel(15, 2);
    for (int beam : new int[] {1, 3}) {
      Strategy strategy = Strategy.withoutScores(DecodingSettings.beam(beam, 1));
      int[] endless = new SplittableRandom(1).ints(30, 4, 15).toArray();
      assertArrayEquals(
          Arrays.copyOf(endless, 11), search(model, strategy, endless).get(0).tokens());
    }
  }

  @Test
  void aTranslationIsAsLongAsTheRatiosSay() {
    int[] source = {4, 5, 6, 7};
    for (int seed = 0; seed < 30; seed++) {
      TableModel model = new TableModel(6, seed);
      DecodingSettings longer = DecodingSettings.builder().beamSize(3).minLengthRatio(2).build();
      assertTrue(
          search(model, Strategy.withoutScores(longer), source, NOTHING).get(0).tokens().length
              >= 8);
      // Never longer than there are positions, <bos> being one of twelve.
      DecodingSettings endless =
          DecodingSettings.builder().beamSize(3).minLengthRatio(9).maxLengthRatio(9).build();
      assertEquals(
          11,
          search(model, Strategy.withoutScores(endless), source, NOTHING).get(0).tokens().length);
    }
  }

  @Test
  void noSequenceOfTheGivenLengthComesTwice() {
    boolean repeats = false;
    for (int seed = 0; seed < 40; seed++) {
      TableModel model = new TableModel(7, seed);
      DecodingSettings free =
          DecodingSettings.builder().beamSize(2).minLengthRatio(5).maxLengthRatio(5).build();
      DecodingSettings bound = free.toBuilder().noRepeatNgramSize(2).build();
      repeats |= hasTwice(search(model, Strategy.withoutScores(free)).get(0).tokens());
      assertFalse(hasTwice(search(model, Strategy.withoutScores(bound)).get(0).tokens()));
    }
    assertTrue(repeats);
  }

  private static boolean hasTwice(int[] tokens) {
    Set<List<Integer>> seen = new HashSet<>();
    for (int i = 0; i + 1 < tokens.length; i++) {
      if (!seen.add(List.of(tokens[i], tokens[i + 1]))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void writtenTokensLoseProbabilityOnceHoweverOftenTheyWereWritten() {
    float[] scores = {-1, -2, -3, -4, -5, -6};
    new RepetitionPenalty(1.5).apply(new int[] {4, 5, 4, 0}, 3, scores);
    assertArrayEquals(new float[] {-1, -2, -3, -4, -7.5f, -9}, scores);
  }

  @Test
  void theLogProbabilityIsTheSumOverTokensAndTheEnd() {
    for (int seed = 0; seed < 20; seed++) {
      TableModel model = new TableModel(9, seed);
      Hypothesis found = search(model, Strategy.withScores(settings(1, 0, 0, 0.1), 1)).get(0);
      int[] tokens = found.tokens();
      double sum = 0;
      for (int t = 0; t <= tokens.length; t++) {
        int[] before = new int[t + 1];
        before[0] = Tokenizer.BOS;
        System.arraycopy(tokens, 0, before, 1, t);
        sum += model.next(before)[t < tokens.length ? tokens[t] : Tokenizer.EOS];
      }
      assertEquals(sum, found.logProbability(), 1e-4);
    }
  }

  @Test
  void aHugeLengthRatioIsLimitedByThePositions() {
    DecodingSettings huge = settings(1, 0, 0, 1e12);
    int[] tokens = search(new TableModel(9, 1), Strategy.withScores(huge, 1)).get(0).tokens();
    DecodingSettings large = settings(1, 0, 0, 1000);
    assertArrayEquals(
        search(new TableModel(9, 1), Strategy.withScores(large, 1)).get(0).tokens(), tokens);
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
      List<Hypothesis> alone = search(model, strategy, sources.get(i), prefixes.get(i));
      for (int n = 0; n < 3; n++) {
        assertArrayEquals(alone.get(n).tokens(), searches.get(i).result().get(n).tokens());
      }
    }
  }

  @Test
  void childrenStayInTheirParentsRowsAndOverwriteNoneThatIsWanted() {
    assertArrayEquals(new int[] {1, 0, 2}, BeamReorder.inPlace(new int[] {1, 0, 1}, 3));
    assertArrayEquals(new int[] {0, 1, 2, 3}, BeamReorder.inPlace(new int[] {0, 0, 0, 0}, 1));
    assertArrayEquals(new int[] {1, 0}, BeamReorder.inPlace(new int[] {3, 0}, 4));
  }

  @Test
  void senselessSettingsAreRefusedInOneSentence() {
    assertThrows(InvalidInputException.class, () -> new Sampling(0, 0, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Sampling(1, -1, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Sampling(1, 0, 0, 1));
    assertThrows(InvalidInputException.class, () -> DecodingSettings.beam(0, 1));
    assertThrows(InvalidInputException.class, () -> DecodingSettings.beam(1, -1));
  }
}
