package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.LONG;
import static org.yuqiao.decode.search.TableSearch.SAMPLING;
import static org.yuqiao.decode.search.TableSearch.ratios;
import static org.yuqiao.decode.search.TableSearch.strategies;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Tokenizer;

/** Rows, outputs and tokens that the settings of a strategy ask for, and settings refused. */
class SearchSettingsTest {
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

  @Test
  void unknownTokensAreFoundOnlyWhereTheyAreReplaced() {
    boolean unknown = false;
    for (int seed = 0; seed < 20; seed++) {
      for (boolean replaces : new boolean[] {false, true}) {
        DecodingSettings settings = ratios(3, 3).toBuilder().replaceUnknowns(replaces).build();
        int[] found = LONG.best(new TableModel(6, seed), Strategy.withoutScores(settings));
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
            LONG.run(
                    new TableModel(9, seed),
                    strategy.begin(LONG.source(), new int[0], placeholders, LONG.positions()))
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
  void senselessSettingsAreRefusedInOneSentence() {
    assertThrows(InvalidInputException.class, () -> new Sampling(0, 0, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Sampling(1, -1, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Sampling(1, 0, 0, 1));
    assertThrows(InvalidInputException.class, () -> DecodingSettings.beam(0, 1));
    assertThrows(InvalidInputException.class, () -> DecodingSettings.beam(1, -1));
  }
}
