package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.LONG;
import static org.yuqiao.decode.search.TableSearch.SHORT;
import static org.yuqiao.decode.search.TableSearch.ratios;
import static org.yuqiao.decode.search.TableSearch.strategies;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yuqiao.decode.logits.RepetitionPenalty;
import org.yuqiao.decode.step.DecodingSettings;

/** N-grams that must not repeat, and the repetition penalty. */
class RepetitionTest {
  @Test
  void noSequenceOfTheGivenLengthComesTwice() {
    boolean repeats = false;
    for (int seed = 0; seed < 40; seed++) {
      TableModel model = new TableModel(7, seed);
      DecodingSettings free =
          DecodingSettings.builder().beamSize(2).minLengthRatio(5).maxLengthRatio(5).build();
      DecodingSettings bound = free.toBuilder().noRepeatNgramSize(2).build();
      repeats |= repeatsAPair(SHORT.best(model, Strategy.withoutScores(free)));
      assertFalse(repeatsAPair(SHORT.best(model, Strategy.withoutScores(bound))));
    }
    assertTrue(repeats);
  }

  @Test
  void repetitionIsForbiddenWhereNoNgramIsForbiddenYet() {
    int repeating = 0;
    for (int seed = 0; seed < 10; seed++) {
      for (Strategy strategy : strategies(ratios(5, 5))) {
        repeating += repeatsAPair(LONG.best(new TableModel(10, seed), strategy)) ? 1 : 0;
        Strategy forbidding = strategy.withoutRepetition(2).orElseThrow();
        assertFalse(repeatsAPair(LONG.best(new TableModel(10, seed), forbidding)));
        assertEquals(Optional.empty(), forbidding.withoutRepetition(3));
        assertEquals(strategy.rows(), forbidding.rows());
        assertEquals(strategy.outputs(), forbidding.outputs());
      }
    }
    assertTrue(repeating > 0);
  }

  private static boolean repeatsAPair(int[] tokens) {
    Set<List<Integer>> seen = new HashSet<>();
    return IntStream.range(1, tokens.length)
        .anyMatch(i -> !seen.add(List.of(tokens[i - 1], tokens[i])));
  }

  @Test
  void aRepetitionPenaltyLetsTokensRepeatLess() {
    int plain = 0;
    int penalized = 0;
    for (int seed = 0; seed < 20; seed++) {
      TableModel model = new TableModel(30, seed);
      DecodingSettings settings = ratios(4, 4).toBuilder().beamSize(1).build();
      plain += distinct(LONG.best(model, Strategy.withScores(settings, 1)));
      DecodingSettings penalty = settings.toBuilder().repetitionPenalty(100).build();
      penalized += distinct(LONG.best(model, Strategy.withScores(penalty, 1)));
    }
    assertTrue(penalized > plain, penalized + " and " + plain);
  }

  private static int distinct(int[] tokens) {
    return (int) Arrays.stream(tokens).distinct().count();
  }

  @Test
  void writtenTokensLoseProbabilityOnceHoweverOftenTheyWereWritten() {
    float[] scores = {-1, -2, -3, -4, -5, -6};
    new RepetitionPenalty(1.5).apply(new int[] {4, 5, 4, 0}, 3, scores);
    assertArrayEquals(new float[] {-1, -2, -3, -4, -7.5f, -9}, scores);
  }
}
