package org.yuqiao.decode.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.simd.LogSoftmax;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.decode.search.Strategy;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.LanguageModelDecoder;
import org.yuqiao.decode.step.StepModel;
import org.yuqiao.model.DecoderOnly;
import org.yuqiao.model.InferenceGraph;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.OneStackModel;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Tokenizer;

class LanguageModelDecoderTest {
  private static final int VOCABULARY = 30;
  private static final ModelSettings PLAIN =
      ModelSettings.builder()
          .hiddenSize(24)
          .feedForwardSize(40)
          .heads(3)
          .layers(2)
          .maxPositions(40)
          .build();

  private static DecoderOnly model(ModelSettings settings) {
    return new DecoderOnly(
        Variants.ofKind(ModelKind.DECODER_ONLY, settings), VOCABULARY, DataType.FLOAT);
  }

  private static float[][] whole(DecoderOnly model, ParameterBuffer parameters, int[] tokens) {
    InferenceGraph graph = model.wholeGraph();
    float[] mask = new float[tokens.length];
    Arrays.fill(mask, 1f);
    Inputs inputs =
        new Inputs()
            .ints(OneStackModel.TOKENS, tokens, 1, tokens.length)
            .floats(OneStackModel.MASK, mask, 1, tokens.length);
    try (Session session =
        new Backend(1).session(graph.graph(), List.of(graph.output()), parameters)) {
      INDArray all = session.run(inputs).get(graph.output());
      float[][] rows = all.reshape(tokens.length, VOCABULARY).toFloatMatrix();
      Arrays.stream(rows).forEach(LogSoftmax::of);
      return rows;
    }
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#oneStack")
  void everyStepGivesWhatTheWholeTextGives(ModelSettings settings) {
    DecoderOnly model = model(settings);
    ParameterBuffer parameters = model.initialize(3);
    // Longer than the first block of the caches.
    int[] first = new SplittableRandom(8).ints(20, 4, VOCABULARY).toArray();
    int[] second = new SplittableRandom(9).ints(20, 4, VOCABULARY).toArray();
    float[][] ofFirst = whole(model, parameters, first);
    float[][] ofSecond = whole(model, parameters, second);
    float[] row = new float[VOCABULARY];
    try (StepModel step =
        new LanguageModelDecoder(model, new InferenceWeights(parameters), new Backend(1))) {
      step.begin(List.of(first, second));
      for (int t = 0; t < first.length; t++) {
        boolean exchanged = t > 5;
        step.step(new int[] {exchanged ? second[t] : first[t], exchanged ? first[t] : second[t]});
        step.read(exchanged ? 1 : 0, row);
        assertArrayEquals(ofFirst[t], row, 1e-4f, "position " + t);
        step.read(exchanged ? 0 : 1, row);
        assertArrayEquals(ofSecond[t], row, 1e-4f, "position " + t);
        if (t == 5) {
          step.select(new int[] {1, 0}, new int[] {1, 0});
        }
      }
    }
  }

  private static Generator generator(DecoderOnly model, Strategy strategy) {
    return new Generator(model, model.initialize(3), new Backend(2), strategy);
  }

  @Test
  void greedyTextsAreThoseOfFullRecomputation() {
    DecoderOnly model = model(PLAIN);
    ParameterBuffer parameters = model.initialize(3);
    int[] text = {Tokenizer.BOS, 7, 9};
    for (int i = 0; i < 12; i++) {
      float[] last = whole(model, parameters, text)[text.length - 1];
      float[] allowed = last.clone();
      LogitsProcessor.onlyText(false).apply(text, text.length, allowed);
      int best = 0;
      for (int v = 0; v < VOCABULARY; v++) {
        best = allowed[v] > allowed[best] ? v : best;
      }
      if (best == Tokenizer.EOS) {
        break;
      }
      text = Arrays.copyOf(text, text.length + 1);
      text[text.length - 1] = best;
    }
    try (Generator generator = generator(model, Strategy.withoutScores(DecodingSettings.GREEDY))) {
      Hypothesis found =
          generator.generate(List.of(new int[] {7, 9}), 12, done -> {}).get(0).get(0);
      assertArrayEquals(Arrays.copyOfRange(text, 1, text.length), found.tokens());
    }
  }

  @Test
  void drawnTextsBeginWithThePromptKeepTheLimitAndDependOnTheSeed() {
    DecoderOnly model = model(PLAIN);
    int[] prompt = {7, 9, 11};
    int[][] texts = new int[3][];
    long[] seeds = {1, 1, 2};
    for (int i = 0; i < 3; i++) {
      Sampling sampling = new Sampling(1, 0, 1, seeds[i]);
      Strategy strategy = Strategy.sampling(DecodingSettings.GREEDY, sampling, 1);
      try (Generator generator = generator(model, strategy)) {
        texts[i] = generator.generate(List.of(prompt), 8, done -> {}).get(0).get(0).tokens();
      }
      assertArrayEquals(prompt, Arrays.copyOf(texts[i], 3));
      assertTrue(texts[i].length <= 11, Arrays.toString(texts[i]));
    }
    assertArrayEquals(texts[0], texts[1]);
    assertFalse(Arrays.equals(texts[0], texts[2]));
  }

  @Test
  void aTextEndsWithTheContext() {
    DecoderOnly model = model(PLAIN);
    Sampling sampling = new Sampling(1, 0, 1, 1);
    Strategy strategy = Strategy.sampling(DecodingSettings.GREEDY, sampling, 3);
    try (Generator generator = generator(model, strategy)) {
      for (Hypothesis text : generator.generate(List.of(new int[] {7}), 500, done -> {}).get(0)) {
        assertTrue(text.tokens().length <= 39);
      }
    }
  }

  @Test
  void nextTokensAreThoseOfTheWholeTextAtTheTemperature() {
    DecoderOnly model = model(PLAIN);
    ParameterBuffer parameters = model.initialize(3);
    float[] expected = whole(model, parameters, new int[] {Tokenizer.BOS, 7, 9})[2];
    try (Generator generator = generator(model, Strategy.withoutScores(DecodingSettings.GREEDY))) {
      float[] next = generator.next(new int[] {7, 9});
      assertArrayEquals(expected, next, 1e-4f);
      List<NextToken> all = NextToken.best(next, 1, VOCABULARY);
      assertEquals(1, all.stream().mapToDouble(NextToken::probability).sum(), 1e-6);
      assertEquals(Math.exp(next[all.get(0).token()]), all.get(0).probability(), 1e-5);
    }
  }

  @Test
  void temperatureSharpensOrFlattensAndNormalizes() {
    // p = 0.5, 0.3, 0.2; at T = 1/2 squared and normalized: 0.25, 0.09, 0.04 of 0.38.
    float[] logs = {(float) Math.log(0.2), (float) Math.log(0.5), (float) Math.log(0.3)};
    List<NextToken> cold = NextToken.best(logs, 0.5, 2);
    assertEquals(List.of(1, 2), cold.stream().map(NextToken::token).toList());
    assertEquals(0.25 / 0.38, cold.get(0).probability(), 1e-6);
    assertEquals(0.09 / 0.38, cold.get(1).probability(), 1e-6);
  }
}
