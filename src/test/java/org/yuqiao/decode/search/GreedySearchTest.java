package org.yuqiao.decode.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.decode.batch.BatchDecoder;
import org.yuqiao.decode.batch.BatchLimits;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.logits.ForcedPrefix;
import org.yuqiao.decode.logits.LengthLimits;
import org.yuqiao.decode.logits.LogitsProcessor;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.decode.step.StepOutputs;
import org.yuqiao.decode.step.WeightedModel;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;
import org.yuqiao.text.Tokenizer;

class GreedySearchTest {
  private static final DecodingSettings PLAIN = DecodingSettings.beam(1, 1);

  /** Greedy, with rules of all kinds that only forbid. */
  private static List<DecodingSettings> settings() {
    return List.of(
        PLAIN,
        PLAIN.toBuilder().maxLengthRatio(0.5).build(),
        PLAIN.toBuilder().minLengthRatio(1.5).noRepeatNgramSize(2).replaceUnknowns(true).build());
  }

  private static List<Translator.Request> requests(int vocabulary) {
    SplittableRandom random = new SplittableRandom(5);
    List<Translator.Request> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int[] source = random.ints(1 + random.nextInt(9), 4, vocabulary).toArray();
      int[] prefix = i % 3 == 0 ? random.ints(i % 4, 4, 8).toArray() : new int[0];
      requests.add(new Translator.Request(source, prefix));
    }
    return requests;
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void withoutScoresTheTokensAreThoseOfGreedySearch(ModelSettings modelSettings) {
    EncoderDecoder model = Variants.model(modelSettings, DataType.FLOAT);
    List<WeightedModel> models = List.of(WeightedModel.of(model, model.initialize(3)));
    List<Translator.Request> requests = requests(model.vocabularies().source());
    for (DecodingSettings settings : settings()) {
      try (Translator fast = translator(models, Strategy.withoutScores(settings));
          Translator greedy = translator(models, Strategy.withScores(settings, 1))) {
        List<List<Hypothesis>> expected = greedy.find(requests, done -> {});
        List<List<Hypothesis>> found = fast.find(requests, done -> {});
        for (int i = 0; i < requests.size(); i++) {
          Hypothesis best = found.get(i).get(0);
          assertArrayEquals(expected.get(i).get(0).tokens(), best.tokens());
          assertTrue(best.scores().isEmpty());
        }
      }
    }
  }

  private static Translator translator(List<WeightedModel> models, Strategy strategy) {
    return new Translator(models, new Backend(2), strategy, BatchLimits.DEFAULT);
  }

  @Test
  void withoutScoresAnEnsembleFindsTheSameTokens() {
    EncoderDecoder model =
        Variants.model(Variants.all().findFirst().orElseThrow().getPayload(), DataType.FLOAT);
    List<WeightedModel> models =
        List.of(
            WeightedModel.of(model, model.initialize(3)),
            WeightedModel.of(model, model.initialize(4)));
    List<Translator.Request> requests = requests(model.vocabularies().source());
    try (Translator fast = translator(models, Strategy.withoutScores(PLAIN));
        Translator greedy = translator(models, Strategy.withScores(PLAIN, 1))) {
      List<List<Hypothesis>> expected = greedy.find(requests, done -> {});
      List<List<Hypothesis>> found = fast.find(requests, done -> {});
      for (int i = 0; i < requests.size(); i++) {
        assertArrayEquals(expected.get(i).get(0).tokens(), found.get(i).get(0).tokens());
      }
    }
  }

  @Test
  void aRepetitionPenaltyNeedsProbabilities() {
    DecodingSettings penalised = PLAIN.toBuilder().repetitionPenalty(1.5).build();
    assertTrue(Strategy.withoutScores(penalised).outputs().probabilities());
    assertTrue(Strategy.withScores(PLAIN, 1).outputs().probabilities());
    assertEquals(new StepOutputs(false, false), Strategy.withoutScores(PLAIN).outputs());
  }

  @Test
  void forcedTokensAreKnownBeforehand() {
    LogitsProcessor limits = new LengthLimits(1, 4);
    LogitsProcessor all = LogitsProcessor.all(List.of(LogitsProcessor.onlyText(false), limits));
    LogitsProcessor prefixed = new ForcedPrefix(new int[] {7, 9}, all);
    assertEquals(OptionalInt.of(7), prefixed.forced(0));
    assertEquals(OptionalInt.of(9), prefixed.forced(1));
    assertEquals(OptionalInt.empty(), prefixed.forced(2));
    assertEquals(OptionalInt.empty(), prefixed.forced(3));
    assertEquals(OptionalInt.of(Tokenizer.EOS), prefixed.forced(4));
  }

  @Test
  void aForcedEndIsNotComputed() {
    LogitsProcessor never = new NoEnd(new LengthLimits(1, 3));
    Search search = new GreedySearch(never, Optional.empty());
    TableModel model = new TableModel(9, 3);
    try (BatchDecoder decoder = new BatchDecoder(model)) {
      decoder.run(List.of(new int[] {5, 6}), List.of(search));
    }
    assertEquals(3, search.result().get(0).tokens().length);
    assertEquals(3, model.steps());
  }

  /** Rules out the end, until another rule enforces it. */
  private record NoEnd(LogitsProcessor then) implements LogitsProcessor {
    @Override
    public void apply(int[] tokens, int length, float[] scores) {
      scores[Tokenizer.EOS] = MASKED;
      then.apply(tokens, length, scores);
    }

    @Override
    public OptionalInt forced(int length) {
      return then.forced(length);
    }
  }
}
