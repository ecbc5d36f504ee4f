package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.logits.PlaceholderTokens;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.text.Tokenizer;

/** A listener sees the best prefix grow to the translation and may end the search. */
class SearchListenerTest {
  private static final int[] SOURCE = {5, 6, 7};

  /** Keeps what it hears; cancels after {@code limit} steps. */
  private static final class Heard implements SearchListener {
    private final int limit;
    private final List<int[]> prefixes = new ArrayList<>();
    private final List<double[]> scores = new ArrayList<>();

    Heard(int limit) {
      this.limit = limit;
    }

    @Override
    public void advanced(int[] tokens, double[] logProbabilities) {
      prefixes.add(tokens);
      scores.add(logProbabilities);
    }

    @Override
    public boolean isCancelled() {
      return prefixes.size() >= limit;
    }
  }

  private static List<Hypothesis> search(
      TableModel model, Strategy strategy, SearchListener listener) {
    Search search =
        strategy.begin(SOURCE, new int[0], PlaceholderTokens.NONE, model.positions(), listener);
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(SOURCE), List.of(search));
    }
    return search.result();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theLastPrefixIsTheTranslationWithItsProbabilities(int beam) {
    for (int seed = 0; seed < 10; seed++) {
      TableModel model = new TableModel(12, seed);
      Strategy strategy = Strategy.withScores(DecodingSettings.beam(beam, 1), beam);
      Heard heard = new Heard(Integer.MAX_VALUE);
      List<Hypothesis> followed = search(model, strategy, heard);
      List<Hypothesis> alone = search(model, strategy, SearchListener.NONE);
      assertEquals(alone.size(), followed.size());
      int[] best = alone.get(0).tokens();
      assertArrayEquals(best, followed.get(0).tokens());
      int last = heard.prefixes.size() - 1;
      assertArrayEquals(best, heard.prefixes.get(last));
      for (int i = 0; i < last; i++) {
        assertEquals(i + 1, heard.prefixes.get(i).length, "a live prefix of step " + i);
      }
      int[] input = new int[best.length + 1];
      input[0] = Tokenizer.BOS;
      System.arraycopy(best, 0, input, 1, best.length);
      for (int t = 0; t < best.length; t++) {
        float expected = model.next(Arrays.copyOf(input, t + 1))[best[t]];
        assertEquals(expected, heard.scores.get(last)[t], 1e-5);
      }
    }
  }

  @Test
  void aCancelledSearchEndsAtOnce() {
    TableModel model = new TableModel(12, 3);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(3, 1), 1);
    Heard whole = new Heard(Integer.MAX_VALUE);
    search(model, strategy, whole);
    assertTrue(whole.prefixes.size() > 2);
    Heard some = new Heard(2);
    search(model, strategy, some);
    assertEquals(2, some.prefixes.size());
  }

  @Test
  void aSearchWithoutScoresHasNoneToReport() {
    Strategy strategy = Strategy.withoutScores(DecodingSettings.GREEDY);
    assertThrows(
        IllegalArgumentException.class,
        () -> strategy.begin(SOURCE, new int[0], PlaceholderTokens.NONE, 12, new Heard(1)));
  }
}
