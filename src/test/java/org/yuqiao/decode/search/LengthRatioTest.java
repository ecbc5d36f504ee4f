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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.decode.step.DecodingSettings;

/** The length of a translation, between ratios of its source and the positions of the model. */
class LengthRatioTest {
  @ParameterizedTest
  @CsvSource({"0.5, 12", "2, 18", "1.6, 17"})
  void aTranslationHasAtMostTheRatioAndTenTokens(double ratio, int length) {
    int longest = 0;
    for (int seed = 0; seed < 40; seed++) {
      for (Strategy strategy : strategies(ratios(ratio, ratio))) {
        longest = Math.max(longest, LONG.best(new TableModel(40, seed), strategy).length);
      }
    }
    assertEquals(length, longest);
  }

  @Test
  void aTranslationHasAtLeastTheRatioAndOneToken() {
    for (int seed = 0; seed < 20; seed++) {
      for (Strategy strategy : strategies(ratios(1.6, 9))) {
        assertTrue(LONG.best(new TableModel(5, seed), strategy).length >= 7);
      }
      for (Strategy strategy : strategies(ratios(0, 9))) {
        assertTrue(LONG.best(new TableModel(5, seed), strategy).length >= 1);
      }
    }
  }

  @Test
  void aTranslationIsAsLongAsTheRatiosSay() {
    TableSearch four = new TableSearch(new int[] {4, 5, 6, 7}, 12);
    for (int seed = 0; seed < 30; seed++) {
      TableModel model = new TableModel(6, seed);
      DecodingSettings longer = DecodingSettings.builder().beamSize(3).minLengthRatio(2).build();
      assertTrue(four.best(model, Strategy.withoutScores(longer)).length >= 8);
      // Never longer than there are positions, <bos> being one of twelve.
      DecodingSettings endless =
          DecodingSettings.builder().beamSize(3).minLengthRatio(9).maxLengthRatio(9).build();
      assertEquals(11, four.best(model, Strategy.withoutScores(endless)).length);
    }
  }

  private static DecodingSettings greedy(double maxLengthRatio) {
    return DecodingSettings.builder()
        .beamSize(1)
        .lengthPenalty(0)
        .maxLengthRatio(maxLengthRatio)
        .build();
  }

  @Test
  void aHugeLengthRatioIsLimitedByThePositions() {
    DecodingSettings huge = greedy(1e12);
    int[] tokens = SHORT.best(new TableModel(9, 1), Strategy.withScores(huge, 1));
    DecodingSettings large = greedy(1000);
    assertArrayEquals(SHORT.best(new TableModel(9, 1), Strategy.withScores(large, 1)), tokens);
  }

  @Test
  void longTranslationsAreFoundByGreedySearchToo() {
    DecodingSettings settings = ratios(10, 10).toBuilder().beamSize(1).build();
    for (Strategy strategy :
        List.of(Strategy.withScores(settings, 1), Strategy.withoutScores(settings))) {
      int[] found =
          LONG.run(new TableModel(9, 3), strategy.begin(LONG.source(), new int[0], 2000))
              .get(0)
              .tokens();
      assertTrue(found.length >= 40);
      assertFalse(Arrays.stream(found).anyMatch(token -> token < 4));
    }
  }
}
