package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.LONG;
import static org.yuqiao.decode.search.TableSearch.SHORT;
import static org.yuqiao.decode.search.TableSearch.strategies;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;

/** Translations that begin with a given prefix, and texts that continue a prompt. */
class ForcedPrefixTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aPrefixIsKeptAndTheRestIsTheModels(int beam) {
    TableModel model = new TableModel(15, 2);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(beam, 1), beam);
    for (Hypothesis found : SHORT.all(model, strategy, 9, 8, 9)) {
      assertArrayEquals(new int[] {9, 8, 9}, Arrays.copyOf(found.tokens(), 3));
    }
    int[] whole = SHORT.best(model, strategy);
    int[] half = Arrays.copyOf(whole, whole.length / 2);
    if (beam == 1) {
      assertArrayEquals(whole, SHORT.best(model, strategy, half));
    }
  }

  @Test
  void aPrefixLongerThanThereIsRoomForIsCutOff() {
    TableModel model = new TableModel(15, 2);
    for (int beam : new int[] {1, 3}) {
      Strategy strategy = Strategy.withoutScores(DecodingSettings.beam(beam, 1));
      int[] endless = new SplittableRandom(1).ints(30, 4, 15).toArray();
      assertArrayEquals(Arrays.copyOf(endless, 11), SHORT.best(model, strategy, endless));
    }
  }

  @Test
  void aTextContinuesItsPrompt() {
    for (Strategy strategy : strategies(DecodingSettings.builder().noRepeatNgramSize(2).build())) {
      int[] prompt = {4, 9, 4, 8};
      int[] found = LONG.run(new TableModel(12, 2), strategy.beginText(prompt, 9)).get(0).tokens();
      assertArrayEquals(prompt, Arrays.copyOf(found, 4));
      assertTrue(found.length <= 9);
    }
  }
}
