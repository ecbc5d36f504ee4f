package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.layers.DecoderBlockType;
import org.yuqiao.layers.FeedForwardType;
import org.yuqiao.layers.attention.AttentionFunction;
import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.attention.PositionScheme;
import org.yuqiao.layers.attention.QueryKey;
import org.yuqiao.layers.attention.RelativeSettings;
import org.yuqiao.layers.attention.ScoreScale;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.layers.recurrent.RecurrentSettings;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelKind;
import org.yuqiao.model.ModelSettings;

/** Every variant learns a task that needs order, or, without positions, one that does not. */
class VariantsLearnTest {
  private static final int VOCABULARY = 20;
  private static final int STEPS = 250;
  private static final AttentionSettings PAPER = AttentionSettings.ofPaper(4);

  private static ModelSettings settings(PositionScheme positions, AttentionSettings attention) {
    return ModelSettings.builder()
        .hiddenSize(32)
        .feedForwardSize(64)
        .encoderLayers(1)
        .decoderLayers(1)
        .dropout(0)
        .positions(positions)
        .relative(new RelativeSettings(8, 16, 16))
        .attention(attention)
        .activation(Activation.GELU)
        .feedForwardType(FeedForwardType.GATED)
        .maxPositions(16)
        .build();
  }

  /** Sentences of 3 to 7 tokens, and what {@code task} makes of them. */
  private static List<Example> pairs(UnaryOperator<int[]> task) {
    SplittableRandom random = new SplittableRandom(1);
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      int[] source = random.ints(3 + random.nextInt(5), 4, VOCABULARY).toArray();
      pairs.add(new Example(source, task.apply(source.clone())));
    }
    return pairs;
  }

  private static int[] reversed(int[] tokens) {
    for (int i = 0; i < tokens.length / 2; i++) {
      int other = tokens.length - 1 - i;
      int token = tokens[i];
      tokens[i] = tokens[other];
      tokens[other] = token;
    }
    return tokens;
  }

  private static int[] sorted(int[] tokens) {
    Arrays.sort(tokens);
    return tokens;
  }

  /** The negative log-likelihood per token over the last steps of a short training. */
  private static double lossAfterTraining(ModelSettings settings, UnaryOperator<int[]> task) {
    EncoderDecoder model =
        new EncoderDecoder(
            settings,
            new EncoderDecoder.Vocabularies(VOCABULARY, VOCABULARY, false),
            DataType.FLOAT);
    ModelState state = ModelState.fresh(model.initialize(3));
    List<Example> data = pairs(task);
    OptimizerSettings adam =
        OptimizerSettings.builder()
            .schedule("constant")
            .learningRate(0.004)
            .warmupSteps(50)
            .build();
    double sum = 0;
    try (TrainingStep step =
        new TrainingStep(
            new TrainingObjective(model, new TranslationCollator(), 0),
            adam,
            state,
            new Backend(2),
            5)) {
      for (int i = 0; i < STEPS; i++) {
        int at = i * 64 % (data.size() - 64);
        double loss =
            step.run(StepBatches.of(data.subList(at, at + 64)), i + 1, 0).negativeLogLikelihood();
        sum += i >= STEPS - 20 ? loss : 0;
      }
    }
    return sum / 20;
  }

  @ParameterizedTest
  @CsvSource({
    "SINUSOIDAL",
    "SINUSOIDAL_HALVES",
    "SINUSOIDAL_MARIAN",
    "LEARNED",
    "RELATIVE_SHAW",
    "RELATIVE_BIAS",
    "TRANSFORMER_XL",
    "ROTARY"
  })
  void withPositionsASmallModelLearnsToReverse(PositionScheme scheme) {
    double loss = lossAfterTraining(settings(scheme, PAPER), VariantsLearnTest::reversed);
    assertTrue(loss < 1, "loss " + loss);
  }

  @ParameterizedTest
  @CsvSource({"RELU, SQRT, SEPARATE", "SOFTMAX, NONE, SEPARATE", "SOFTMAX, SQRT, SHARED"})
  void otherAttentionLearnsToReverse(
      AttentionFunction normalizer, ScoreScale scale, QueryKey queryKey) {
    AttentionSettings attention = new AttentionSettings(4, normalizer, scale, queryKey);
    ModelSettings settings = settings(PositionScheme.ROTARY, attention);
    double loss = lossAfterTraining(settings, VariantsLearnTest::reversed);
    assertTrue(loss < 1, "loss " + loss);
  }

  @Test
  void withoutPositionsItLearnsToSortButNotToReverse() {
    ModelSettings settings = settings(PositionScheme.NONE, PAPER);
    double sorting = lossAfterTraining(settings, VariantsLearnTest::sorted);
    double reversing = lossAfterTraining(settings, VariantsLearnTest::reversed);
    assertTrue(sorting < 0.5, "loss " + sorting);
    // The first of n tokens in unknown order is any of them.
    assertTrue(reversing > 1, "loss " + reversing);
  }

  @Test
  void aDecoderOfSsrusLearnsToReverse() {
    ModelSettings settings =
        settings(PositionScheme.SINUSOIDAL_MARIAN, PAPER).toBuilder()
            .decoderBlock(DecoderBlockType.SSRU)
            .build();
    double loss = lossAfterTraining(settings, VariantsLearnTest::reversed);
    assertTrue(loss < 1, "loss " + loss);
  }

  @ParameterizedTest
  @CsvSource({"LSTM, ADDITIVE", "GRU, ADDITIVE", "LSTM, DOT", "GRU, DOT", "GRU, GENERAL"})
  void aSmallRecurrentModelLearnsToReverse(RecurrentCell cell, RecurrentAttention attention) {
    ModelSettings settings =
        ModelSettings.builder()
            .kind(ModelKind.RECURRENT)
            .hiddenSize(32)
            .feedForwardSize(64)
            .encoderLayers(1)
            .decoderLayers(1)
            .dropout(0)
            .attention(PAPER)
            .maxPositions(16)
            .recurrent(new RecurrentSettings(cell, attention, 64))
            .build();
    double loss = lossAfterTraining(settings, VariantsLearnTest::reversed);
    assertTrue(loss < 1, "loss " + loss);
  }
}
