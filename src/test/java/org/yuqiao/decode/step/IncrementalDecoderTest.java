package org.yuqiao.decode.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Search;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.layers.base.NormPlacement;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.model.WeightTying;

/** Decoding step by step against running the decoder on the whole prefix. */
class IncrementalDecoderTest {
  private static final int VOCABULARY = 30;

  private static EncoderDecoder model(NormPlacement norm, boolean tied, DataType type) {
    ModelSettings settings =
        ModelSettings.builder()
            .hiddenSize(24)
            .feedForwardSize(40)
            .heads(3)
            .layers(2)
            .layerNorm(norm)
            .weightTying(tied ? WeightTying.TARGET : WeightTying.NONE)
            .maxPositions(40)
            .build();
    return new EncoderDecoder(
        settings, new EncoderDecoder.Vocabularies(50, VOCABULARY, false), type);
  }

  private static List<int[]> sources(int count) {
    return sources(count, 50);
  }

  private static List<int[]> sources(int count, int vocabulary) {
    SplittableRandom random = new SplittableRandom(4);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sources.add(random.ints(1 + random.nextInt(9), 4, vocabulary).toArray());
    }
    return sources;
  }

  private static StepModel decoder(
      EncoderDecoder model, ParameterBuffer parameters, boolean attention) {
    StepOutputs outputs = new StepOutputs(true, attention);
    return new IncrementalDecoder(model, new InferenceWeights(parameters), new Backend(1), outputs);
  }

  private static void assertSameProbabilities(
      StepModel expected, StepModel actual, int rows, double tolerance) {
    float[] a = new float[expected.vocabulary()];
    float[] b = new float[expected.vocabulary()];
    for (int row = 0; row < rows; row++) {
      expected.read(row, a);
      actual.read(row, b);
      assertArrayEquals(a, b, (float) tolerance, "row " + row);
    }
  }

  @ParameterizedTest
  @CsvSource({"PRE,true,FLOAT", "POST,true,FLOAT", "PRE,false,FLOAT", "PRE,true,DOUBLE"})
  void everyStepGivesWhatTheWholePrefixGives(NormPlacement norm, boolean tied, DataType type) {
    EncoderDecoder model = model(norm, tied, type);
    ParameterBuffer parameters = model.initialize(3);
    try (StepModel whole = new WholePrefixDecoder(model, parameters);
        StepModel step = decoder(model, parameters, false)) {
      for (StepModel one : List.of(whole, step)) {
        one.begin(sources(3));
      }
      SplittableRandom random = new SplittableRandom(8);
      // Rows are doubled, exchanged, given up; the caches grow past their first 16 positions.
      int[][] sentences = {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {2, 1}, {0, 1}, {1, 0}};
      int[][] rows = {
        {0, 1, 2},
        {0, 0, 1, 1, 2, 2},
        {1, 1, 2, 3, 4, 4},
        {4, 5, 3, 2},
        {0, 0, 3, 3},
        {2, 3, 0, 1}
      };
      int width = 3;
      for (int t = 0; t < 36; t++) {
        int[] tokens = random.ints(width, 4, VOCABULARY).toArray();
        whole.step(tokens);
        step.step(tokens);
        if (t % 3 == 2 || t > 30) {
          assertSameProbabilities(whole, step, width, 1e-4);
        }
        if (t % 6 == 1) {
          whole.select(sentences[t / 6], rows[t / 6]);
          step.select(sentences[t / 6], rows[t / 6]);
          width = rows[t / 6].length;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void everyVariantOfTheModelDecodesStepByStep(ModelSettings settings) {
    assertDecodesStepByStep(Variants.model(settings, DataType.FLOAT), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#unusual")
  void variantsDecodeStepByStepInDoubleToo(ModelSettings settings) {
    assertDecodesStepByStep(Variants.model(settings, DataType.DOUBLE), 1e-6);
  }

  private static void assertDecodesStepByStep(EncoderDecoder model, double tolerance) {
    ParameterBuffer parameters = model.initialize(3);
    List<int[]> sources = sources(3, model.vocabularies().source());
    try (StepModel whole = new WholePrefixDecoder(model, parameters);
        StepModel step = decoder(model, parameters, false)) {
      whole.begin(sources);
      step.begin(sources);
      SplittableRandom random = new SplittableRandom(8);
      for (int t = 0; t < 18; t++) {
        int[] tokens = random.ints(3, 4, model.vocabularies().target()).toArray();
        whole.step(tokens);
        step.step(tokens);
        if (t == 0 || t == 3 || t == 17) {
          assertSameProbabilities(whole, step, 3, tolerance);
        }
        if (t == 4) {
          whole.select(new int[] {2, 0, 1}, new int[] {2, 0, 1});
          step.select(new int[] {2, 0, 1}, new int[] {2, 0, 1});
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void everyVariantChoosesTheTokensOfFullRecomputation(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(2, 1), 1);
    List<int[]> sources = sources(2, model.vocabularies().source());
    try (BatchDecoder whole = new BatchDecoder(new WholePrefixDecoder(model, parameters));
        BatchDecoder step = new BatchDecoder(decoder(model, parameters, false))) {
      List<List<Hypothesis>> expected = run(whole, strategy, sources, 5);
      List<List<Hypothesis>> actual = run(step, strategy, sources, 5);
      for (int i = 0; i < sources.size(); i++) {
        assertArrayEquals(expected.get(i).get(0).tokens(), actual.get(i).get(0).tokens());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"PRE,1", "POST,1", "PRE,4", "POST,4"})
  void greedyAndBeamSearchChooseTheTokensOfFullRecomputation(NormPlacement norm, int beam) {
    EncoderDecoder model = model(norm, true, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    Strategy strategy = Strategy.withScores(DecodingSettings.beam(beam, 1), beam);
    List<int[]> sources = sources(6);
    try (BatchDecoder whole = new BatchDecoder(new WholePrefixDecoder(model, parameters));
        BatchDecoder step = new BatchDecoder(decoder(model, parameters, false))) {
      List<List<Hypothesis>> expected = run(whole, strategy, sources, 40);
      List<List<Hypothesis>> actual = run(step, strategy, sources, 40);
      for (int i = 0; i < sources.size(); i++) {
        assertEquals(beam, actual.get(i).size());
        for (int n = 0; n < beam; n++) {
          assertArrayEquals(
              expected.get(i).get(n).tokens(), actual.get(i).get(n).tokens(), i + ", " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RecurrentAttention.class)
  void recurrentModelsChooseTheSameTokensWithEveryStrategy(RecurrentAttention attention) {
    assertChoosesTheSameTokensWithEveryStrategy(
        Variants.recurrent(RecurrentCell.LSTM, attention, 2, WeightTying.TARGET));
  }

  @Test
  void studentsChooseTheSameTokensWithEveryStrategy() {
    assertChoosesTheSameTokensWithEveryStrategy(Variants.student());
  }

  private static void assertChoosesTheSameTokensWithEveryStrategy(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    List<int[]> sources = sources(5, model.vocabularies().source());
    for (Strategy strategy :
        List.of(
            Strategy.withScores(DecodingSettings.GREEDY, 1),
            Strategy.withScores(DecodingSettings.beam(4, 1), 4),
            Strategy.sampling(DecodingSettings.GREEDY, new Sampling(1.2, 5, 0.9, 7), 3))) {
      try (BatchDecoder whole = new BatchDecoder(new WholePrefixDecoder(model, parameters));
          BatchDecoder step = new BatchDecoder(decoder(model, parameters, false))) {
        List<List<Hypothesis>> expected = run(whole, strategy, sources, 12);
        List<List<Hypothesis>> actual = run(step, strategy, sources, 12);
        for (int i = 0; i < sources.size(); i++) {
          for (int n = 0; n < expected.get(i).size(); n++) {
            assertArrayEquals(
                expected.get(i).get(n).tokens(), actual.get(i).get(n).tokens(), i + ", " + n);
          }
        }
      }
    }
  }

  private static List<List<Hypothesis>> run(
      BatchDecoder decoder, Strategy strategy, List<int[]> sources, int longest) {
    List<Search> searches =
        sources.stream().map(source -> strategy.begin(source, new int[0], longest)).toList();
    decoder.run(sources, searches);
    return searches.stream().map(Search::result).toList();
  }

  private static Stream<EncoderDecoder> modelsThatAttend() {
    return Stream.concat(
        Stream.of(model(NormPlacement.PRE, true, DataType.FLOAT)),
        Arrays.stream(RecurrentAttention.values())
            .map(
                attention ->
                    new EncoderDecoder(
                        Variants.recurrent(RecurrentCell.GRU, attention, 1, WeightTying.TARGET),
                        new EncoderDecoder.Vocabularies(50, VOCABULARY, false),
                        DataType.FLOAT)));
  }

  @ParameterizedTest
  @MethodSource("modelsThatAttend")
  void theAttentionOfARowIsADistributionOverItsSourceAlone(EncoderDecoder model) {
    try (StepModel decoder = decoder(model, model.initialize(3), true)) {
      decoder.begin(List.of(new int[] {5, 6, 7, 8}, new int[] {9}));
      decoder.step(new int[] {1, 1});
      decoder.select(new int[] {0, 1}, new int[] {0, 0, 1, 1});
      decoder.step(new int[] {4, 5, 6, 7});
      float[][] weights = new float[4][5];
      for (int row = 0; row < 4; row++) {
        decoder.readAttention(row, weights[row]);
        double sum = 0;
        for (float weight : weights[row]) {
          sum += weight;
        }
        assertEquals(1, sum, 1e-5);
      }
      assertArrayEquals(new float[3], Arrays.copyOfRange(weights[2], 2, 5));
      assertArrayEquals(new float[3], Arrays.copyOfRange(weights[3], 2, 5));
      assertTrue(weights[0][4] > 0 && weights[1][4] > 0);
    }
  }
}
