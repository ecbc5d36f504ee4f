package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yuqiao.decode.search.TableSearch.LONG;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.text.Tokenizer;

/** What observers of a beam search see, and the best prefix among it. */
class BeamObserverTest {
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
    Hypothesis found = LONG.all(model, Strategy.observed(settings, observer)).get(0);
    assertArrayEquals(LONG.best(model, Strategy.withoutScores(settings)), found.tokens());
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
}
