package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.text.Tokenizer;

/** What each setting of a strategy changes. */
class SearchSettingsTest {
  private static final int[] SOURCE = {5, 6, 7, 8};
  private static final int POSITIONS = 60;
  private static final Sampling SAMPLING = new Sampling(1, 0, 1, 3);

  private static List<Hypothesis> run(TableModel model, Search search) {
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(SOURCE), List.of(search));
    }
    return search.result();
  }

  private static int[] best(TableModel model, Strategy strategy) {
    return run(model, strategy.begin(SOURCE, new int[0], POSITIONS)).get(0).tokens();
  }

  /** Greedy search, beam search and sampling. */
  private static List<Strategy> strategies(DecodingSettings settings) {
    return List.of(
        Strategy.withScores(settings.toBuilder().beamSize(1).build(), 1),
        Strategy.withScores(settings.toBuilder().beamSize(3).build(), 1),
        Strategy.sampling(settings, SAMPLING, 1));
  }

  private static DecodingSettings ratios(double min, double max) {
    return DecodingSettings.builder().minLengthRatio(min).maxLengthRatio(max).build();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 12", "2, 18", "1.6, 17"})
  void aTranslationHasAtMostTheRatioAndTenTokens(double ratio, int length) {
    int longest = 0;
    for (int seed = 0; seed < 40; seed++) {
      for (Strategy strategy : strategies(ratios(ratio, ratio))) {
        longest = Math.max(longest, best(new TableModel(40, seed), strategy).length);
      }
    }
    assertEquals(length, longest);
  }

  @Test
  void aTranslationHasAtLeastTheRatioAndOneToken() {
    for (int seed = 0; seed < 20; seed++) {
      for (Strategy strategy : strategies(ratios(1.6, 9))) {
        assertTrue(best(new TableModel(5, seed), strategy).length >= 7);
      }
      for (Strategy strategy : strategies(ratios(0, 9))) {
        assertTrue(best(new TableModel(5, seed), strategy).length >= 1);
      }
    }
  }

  @Test
  void aStrategyTakesOneRowForEachHypothesis() {
    DecodingSettings beam = DecodingSettings.beam(3, 1);
    assertEquals(1, Strategy.withoutScores(DecodingSettings.beam(1, 1)).rows());
    assertEquals(3, Strategy.withoutScores(beam).rows());
    assertEquals(3, Strategy.withScores(beam, 2).rows());
    assertEquals(5, Strategy.sampling(beam, SAMPLING, 5).rows());
    assertEquals(1, Strategy.observed(DecodingSettings.beam(1, 1), BeamObserver.NONE).rows());
  }

  @Test
  void onlyACoveragePenaltyNeedsAttention() {
    DecodingSettings plain = DecodingSettings.beam(3, 1);
    DecodingSettings covering = plain.toBuilder().coveragePenalty(0.2).build();
    assertEquals(new StepOutputs(true, false), Strategy.withScores(plain, 1).outputs());
    assertEquals(new StepOutputs(true, true), Strategy.withScores(covering, 1).outputs());
    assertEquals(new StepOutputs(true, false), Strategy.sampling(plain, SAMPLING, 1).outputs());
  }

  private static boolean repeatsAPair(int[] tokens) {
    Set<List<Integer>> seen = new HashSet<>();
    return IntStream.range(1, tokens.length)
        .anyMatch(i -> !seen.add(List.of(tokens[i - 1], tokens[i])));
  }

  @Test
  void repetitionIsForbiddenWhereNoNgramIsForbiddenYet() {
    int repeating = 0;
    for (int seed = 0; seed < 10; seed++) {
      for (Strategy strategy : strategies(ratios(5, 5))) {
        repeating += repeatsAPair(best(new TableModel(10, seed), strategy)) ? 1 : 0;
        Strategy forbidding = strategy.withoutRepetition(2).orElseThrow();
        assertFalse(repeatsAPair(best(new TableModel(10, seed), forbidding)));
        assertEquals(Optional.empty(), forbidding.withoutRepetition(3));
        assertEquals(strategy.rows(), forbidding.rows());
        assertEquals(strategy.outputs(), forbidding.outputs());
      }
    }
    assertTrue(repeating > 0);
  }

  @Test
  void aRepetitionPenaltyLetsTokensRepeatLess() {
    int plain = 0;
    int penalized = 0;
    for (int seed = 0; seed < 20; seed++) {
      TableModel model = new TableModel(30, seed);
      DecodingSettings settings = ratios(4, 4).toBuilder().beamSize(1).build();
      plain += distinct(best(model, Strategy.withScores(settings, 1)));
      DecodingSettings penalty = settings.toBuilder().repetitionPenalty(100).build();
      penalized += distinct(best(model, Strategy.withScores(penalty, 1)));
    }
    assertTrue(penalized > plain, penalized + " and " + plain);
  }

  private static int distinct(int[] tokens) {
    return (int) Arrays.stream(tokens).distinct().count();
  }

  @Test
  void unknownTokensAreFoundOnlyWhereTheyAreReplaced() {
    boolean unknown = false;
    for (int seed = 0; seed < 20; seed++) {
      for (boolean replaces : new boolean[] {false, true}) {
        DecodingSettings settings = ratios(3, 3).toBuilder().replaceUnknowns(replaces).build();
        int[] found = best(new TableModel(6, seed), Strategy.withoutScores(settings));
        boolean has = Arrays.stream(found).anyMatch(token -> token == Tokenizer.UNK);
        assertTrue(replaces || !has);
        unknown |= has;
      }
    }
    assertTrue(unknown);
  }

  @Test
  void placeholdersOfTheSourceComeOnceEachAndNoOthers() {
    PlaceholderTokens placeholders = new PlaceholderTokens(new int[] {6, 7, 8}, 2);
    for (int seed = 0; seed < 20; seed++) {
      for (Strategy strategy : strategies(ratios(0, 1))) {
        int[] found =
            run(
                    new TableModel(9, seed),
                    strategy.begin(SOURCE, new int[0], placeholders, POSITIONS))
                .get(0)
                .tokens();
        for (int token = 6; token <= 8; token++) {
          int wanted = token;
          assertEquals(
              token < 8 ? 1 : 0, Arrays.stream(found).filter(other -> other == wanted).count());
        }
      }
    }
  }

  @Test
  void aTextContinuesItsPrompt() {
    for (Strategy strategy : strategies(DecodingSettings.builder().noRepeatNgramSize(2).build())) {
      int[] prompt = {4, 9, 4, 8};
      int[] found = run(new TableModel(12, 2), strategy.beginText(prompt, 9)).get(0).tokens();
      assertArrayEquals(prompt, Arrays.copyOf(found, 4));
      assertTrue(found.length <= 9);
    }
  }

  private record Seen(
      int parent, int token, double logProbability, double score, BeamTree.NodeStatus status) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anObserverSeesEveryExtensionWithItsScore(int beam) {
    DecodingSettings settings = DecodingSettings.beam(beam, 1);
    List<Seen> seen = new ArrayList<>(List.of(new Seen(-1, Tokenizer.BOS, 0, 0, null)));
    BeamObserver observer =
        (parent, token, logProbability, score, status) -> {
          seen.add(new Seen(parent, token, logProbability, score, status));
          return seen.size() - 1;
        };
    TableModel model = new TableModel(9, 4);
    Hypothesis found =
        run(model, Strategy.observed(settings, observer).begin(SOURCE, new int[0], POSITIONS))
            .get(0);
    assertArrayEquals(best(model, Strategy.withoutScores(settings)), found.tokens());
    for (Seen one : seen.subList(1, seen.size())) {
      int length = 1;
      for (int node = one.parent(); node > 0; node = seen.get(node).parent()) {
        length++;
      }
      double score = settings.ranking().score(one.logProbability(), length);
      assertEquals(score, one.score(), 1e-9);
      assertTrue(one.logProbability() < seen.get(one.parent()).logProbability());
      assertEquals(
          one.token() == Tokenizer.EOS && one.status() != BeamTree.NodeStatus.PRUNED,
          one.status() == BeamTree.NodeStatus.FINISHED);
    }
    List<BeamTree.NodeStatus> statuses = seen.stream().skip(1).map(Seen::status).toList();
    assertTrue(statuses.containsAll(List.of(BeamTree.NodeStatus.values())), statuses.toString());
    // Of the first step: as many as the beam are kept or end, the others are pruned.
    long kept =
        seen.stream()
            .filter(one -> one.parent() == BeamObserver.ROOT)
            .filter(one -> one.status() == BeamTree.NodeStatus.KEPT)
            .count();
    assertEquals(beam, kept);
    assertEquals("kept", BeamTree.NodeStatus.KEPT.toString());
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
  void theBestPrefixOfALongSearchIsKept() {
    BestPrefix best = new BestPrefix();
    List<int[]> heard = new ArrayList<>();
    List<double[]> probabilities = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void advanced(int[] tokens, double[] logProbabilities) {
            heard.add(tokens);
            probabilities.add(logProbabilities);
          }

          @Override
          public boolean isCancelled() {
            return false;
          }
        };
    best.report(false, listener);
    assertEquals(0, heard.size());
    int node = BeamObserver.ROOT;
    for (int i = 1; i <= 200; i++) {
      best.beginStep();
      node = best.extended(node, 1000 + i, -i, -i, BeamTree.NodeStatus.KEPT);
      assertEquals(0, best.extended(node, 5, -i, -i, BeamTree.NodeStatus.PRUNED));
    }
    int worse = best.extended(node - 1, 7, -300, -300, BeamTree.NodeStatus.KEPT);
    best.report(false, listener);
    assertArrayEquals(IntStream.rangeClosed(1001, 1200).toArray(), heard.get(0));
    assertEquals(-1, probabilities.get(0)[150]);
    best.extended(worse, Tokenizer.EOS, -301, -2, BeamTree.NodeStatus.FINISHED);
    best.extended(node, Tokenizer.EOS, -201, -2, BeamTree.NodeStatus.FINISHED);
    best.report(false, listener);
    assertEquals(1200, heard.get(1)[199], "the live one while the search goes on");
    best.report(true, listener);
    assertEquals(7, heard.get(2)[199], "the first of equal finished ones");
    best.beginStep();
    best.report(false, listener);
    assertEquals(7, heard.get(3)[199], "where none is live");
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
    List<Hypothesis> samples =
        run(model, Strategy.sampling(settings, SAMPLING, 8).begin(SOURCE, new int[0], POSITIONS));
    assertEquals(8, samples.size());
    for (int n = 0; n < 8; n++) {
      Hypothesis sample = samples.get(n);
      assertTrue(n == 0 || samples.get(n - 1).score() >= sample.score());
      int[] tokens = sample.tokens();
      double sum = 0;
      for (int t = 0; t <= tokens.length; t++) {
        int[] before = new int[t + 1];
        before[0] = Tokenizer.BOS;
        System.arraycopy(tokens, 0, before, 1, t);
        sum += model.next(before)[t < tokens.length ? tokens[t] : Tokenizer.EOS];
      }
      assertEquals(sum, sample.logProbability(), 1e-4);
    }
    assertTrue(samples.get(0).score() > samples.get(7).score());
  }

  @Test
  void longTranslationsAreFoundByGreedySearchToo() {
    DecodingSettings settings = ratios(10, 10).toBuilder().beamSize(1).build();
    for (Strategy strategy :
        List.of(Strategy.withScores(settings, 1), Strategy.withoutScores(settings))) {
      int[] found =
          run(new TableModel(9, 3), strategy.begin(SOURCE, new int[0], 2000)).get(0).tokens();
      assertTrue(found.length >= 40);
      assertFalse(Arrays.stream(found).anyMatch(token -> token < 4));
    }
  }
}
