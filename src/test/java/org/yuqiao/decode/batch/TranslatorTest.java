package org.yuqiao.decode.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;

class TranslatorTest {
  private final EncoderDecoder model =
      new EncoderDecoder(
          ModelSettings.builder()
              .hiddenSize(32)
              .feedForwardSize(64)
              .heads(4)
              .layers(2)
              .maxPositions(40)
              .build(),
          new EncoderDecoder.Vocabularies(50, 60, false),
          DataType.FLOAT);
  private final ParameterBuffer parameters = model.initialize(3);

  private static List<int[]> sources(int count) {
    SplittableRandom random = new SplittableRandom(4);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sources.add(random.ints(1 + random.nextInt(12), 4, 50).toArray());
    }
    return sources;
  }

  private List<List<Hypothesis>> translate(List<int[]> sources, int beam, int threads) {
    DecodingSettings settings = DecodingSettings.beam(beam, 1);
    try (Translator translator =
        new Translator(model, parameters, new Backend(threads), settings)) {
      return translator.translate(sources, done -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aSentenceIsTranslatedTheSameAloneAndInAnyCompany(int beam) {
    List<int[]> sources = sources(60);
    List<List<Hypothesis>> together = translate(sources, beam, 2);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(1));
    List<List<Hypothesis>> shuffled = translate(order.stream().map(sources::get).toList(), beam, 1);
    for (int i = 0; i < order.size(); i++) {
      assertSame(together.get(order.get(i)), shuffled.get(i));
    }
    for (int i = 0; i < 15; i++) {
      assertSame(together.get(i), translate(List.of(sources.get(i)), beam, 1).get(0));
    }
  }

  private static void assertSame(List<Hypothesis> expected, List<Hypothesis> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).tokens(), actual.get(i).tokens());
      assertEquals(expected.get(i).score(), actual.get(i).score(), 1e-5);
    }
  }

  @Test
  void hypothesesComeBestFirstDifferFromEachOtherAndAreNeverEmpty() {
    for (List<Hypothesis> found : translate(sources(20), 4, 2)) {
      assertEquals(4, found.size());
      assertEquals(4, found.stream().map(h -> List.of(boxed(h.tokens()))).distinct().count());
      for (int i = 0; i < found.size(); i++) {
        assertTrue(found.get(i).tokens().length > 0);
        assertTrue(i == 0 || found.get(i - 1).score() >= found.get(i).score());
      }
    }
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  @Test
  void aWiderBeamFindsNothingLessProbableThanGreedySearchWithoutLengthPenalty() {
    List<int[]> sources = sources(20);
    DecodingSettings wide = DecodingSettings.beam(8, 0);
    DecodingSettings greedy = DecodingSettings.beam(1, 0);
    try (Translator best = new Translator(model, parameters, new Backend(1), wide);
        Translator first = new Translator(model, parameters, new Backend(1), greedy)) {
      List<List<Hypothesis>> a = best.translate(sources, done -> {});
      List<List<Hypothesis>> b = first.translate(sources, done -> {});
      double difference = 0;
      for (int i = 0; i < sources.size(); i++) {
        difference += a.get(i).get(0).logProbability() - b.get(i).get(0).logProbability();
      }
      assertTrue(difference > 0);
    }
  }

  @Test
  void emptyAndOverlongSourcesGetOneTranslationEachAndAffectNoOther() {
    List<int[]> sources = new ArrayList<>(sources(5));
    List<List<Hypothesis>> without = translate(sources, 2, 2);
    sources.add(2, new int[0]);
    sources.add(new SplittableRandom(1).ints(500, 4, 50).toArray());
    List<List<Hypothesis>> with = translate(sources, 2, 2);
    assertEquals(7, with.size());
    assertEquals(0, with.get(2).get(0).tokens().length);
    assertSame(without.get(0), with.get(0));
    assertSame(without.get(4), with.get(5));
    assertTrue(with.get(6).get(0).tokens().length > 0);
  }

  @Test
  void translatorsOnSeveralThreadsThatShareTheWeightsFindWhatOneFindsAlone() throws Exception {
    List<int[]> sources = sources(40);
    WeightedModel shared = WeightedModel.of(model, parameters);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(3, 1), 1);
    List<List<Hypothesis>> expected = translate(sources, 3, 1);
    List<Callable<List<List<Hypothesis>>>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      tasks.add(
          () -> {
            try (Translator own =
                new Translator(List.of(shared), new Backend(2), strategy, BatchLimits.DEFAULT)) {
              return own.translate(sources, done -> {});
            }
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<List<Hypothesis>>> found : pool.invokeAll(tasks)) {
        for (int i = 0; i < sources.size(); i++) {
          assertSame(expected.get(i).subList(0, 1), found.get().get(i));
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
