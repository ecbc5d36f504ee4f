package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.op.recurrent.RecurrentCell;
import org.yuqiao.corpus.batch.BatchSchedule;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.decode.batch.Translator;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.Hypothesis;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.layers.recurrent.RecurrentAttention;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.Variants;
import org.yuqiao.model.WeightTying;
import org.yuqiao.text.Fallback;
import org.yuqiao.text.Language;
import org.yuqiao.text.Segmentation;
import org.yuqiao.text.SubwordSettings;
import org.yuqiao.text.Tokenizer;
import org.yuqiao.text.TokenizerLearner;
import org.yuqiao.train.validation.HeldOutPairs;
import org.yuqiao.train.validation.TranslationValidator;

class TrainerTest {
  private static final int FIRST = 4;

  @TempDir private Path folder;

  private final Backend backend = new Backend(2);
  private final EncoderDecoder model = SmallModel.withDropout(0.1);
  private final EncoderDecoder recurrent =
      new EncoderDecoder(
          Variants.recurrent(
              RecurrentCell.LSTM, RecurrentAttention.ADDITIVE, 2, WeightTying.TARGET),
          SmallModel.VOCABULARIES,
          DataType.FLOAT);

  private static List<Example> task(int count, boolean reversed, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] source = random.ints(3 + random.nextInt(5), FIRST, SmallModel.VOCABULARY).toArray();
      List<Integer> target = new ArrayList<>(Arrays.stream(source).boxed().toList());
      if (reversed) {
        Collections.reverse(target);
      }
      pairs.add(new Example(source, target.stream().mapToInt(Integer::intValue).toArray()));
    }
    return pairs;
  }

  private static TrainingSettings limits(long steps, long validateSteps) {
    return TrainingSettings.builder()
        .minutes(0)
        .steps(steps)
        .batchTokens(200)
        .gradientAccumulation(2)
        .maxLength(15)
        .seed(5)
        .threads(2)
        .validateMinutes(0)
        .validateSteps(validateSteps)
        .validationSentences(10)
        .averageCheckpoints(2)
        .build();
  }

  /** Trains from {@code start} up to step 40, with a stop requested at {@code stopAt}. */
  private void train(
      EncoderDecoder model, ModelState state, Path run, long stopAt, Progress start) {
    AtomicBoolean stop = new AtomicBoolean();
    EncodedCorpus corpus =
        EncodedCorpus.write(run.resolve("ids"), task(300, false, 1).iterator(), 15);
    // Any tokenizer of the right size will do to turn ids into something BLEU can compare.
    Tokenizer tokenizer =
        new TokenizerLearner(new SubwordSettings(300, Segmentation.NONE, Fallback.BYTE, 2), true)
            .learn(List.of("a few words, a few more words").stream());
    List<Example> held = task(10, false, 2);
    Validator validator =
        new TranslationValidator(
            model,
            state.weights(),
            backend,
            new HeldOutPairs(
                held,
                held.stream()
                    .map(pair -> new SentencePair("", tokenizer.decode(pair.target()), ""))
                    .toList(),
                10,
                tokenizer,
                Language.EN),
            (step, samples) -> {});
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(Progress progress, TrainingStep.Result result) {
            stop.set(progress.step() == stopAt);
          }

          @Override
          public void onValidation(Progress progress) {}
        };
    BatchSchedule schedule = new BatchSchedule(corpus, 200, 5);
    Checkpoints checkpoints = new Checkpoints(run.resolve("checkpoints"));
    try (validator;
        TrainingStep step = step(model, state)) {
      new Trainer(limits(40, 7), schedule, step, validator, checkpoints).run(start, listener, stop);
    }
  }

  private TrainingStep step(EncoderDecoder model, ModelState state) {
    OptimizerSettings adam = OptimizerSettings.builder().learningRate(0.003).build();
    return new TrainingStep(
        new TrainingObjective(model, new TranslationCollator(), 0.1), adam, state, backend, 5);
  }

  private static float[] bits(ModelState state) {
    return state.parameters().flat().dup().data().asFloat();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunStoppedAndResumedHasBitForBitTheParametersOfOneThatWasNot(boolean isRecurrent) {
    EncoderDecoder model = isRecurrent ? recurrent : this.model;
    ModelState whole = averaging(model, 3);
    train(model, whole, folder.resolve("."), 40, Progress.START);
    Path run = folder.resolve("parts");
    assertTrue(run.toFile().mkdir());
    ModelState first = averaging(model, 3);
    train(model, first, run, 23, Progress.START);
    ModelState second = averaging(model, 99);
    Progress progress = new Checkpoints(run.resolve("checkpoints")).loadLast(second).orElseThrow();
    assertEquals(23, progress.step());
    train(model, second, run, 40, progress);
    assertArrayEquals(bits(whole), bits(second));
    assertArrayEquals(
        whole.weights().flat().data().asFloat(), second.weights().flat().data().asFloat());
    assertFalse(Arrays.equals(bits(whole), whole.weights().flat().data().asFloat()));
    assertArrayEquals(
        whole.secondMoment().flat().data().asFloat(),
        second.secondMoment().flat().data().asFloat());
  }

  private static ModelState averaging(EncoderDecoder model, long seed) {
    ModelState state = ModelState.fresh(model.initialize(seed)).averaging(0.9);
    state.beginAverage();
    return state;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSmallModelLearnsToCopyAndToReverse(boolean reversed) {
    ModelState state = ModelState.fresh(model.initialize(3));
    List<Example> data = task(2000, reversed, 1);
    OptimizerSettings adam =
        OptimizerSettings.builder()
            .schedule("constant")
            .learningRate(0.003)
            .warmupSteps(100)
            .build();
    try (TrainingStep step =
        new TrainingStep(
            new TrainingObjective(model, new TranslationCollator(), 0), adam, state, backend, 5)) {
      for (int i = 0; i < 1200; i++) {
        int at = i * 64 % (data.size() - 64);
        step.run(StepBatches.of(data.subList(at, at + 64)), i + 1, 0);
      }
    }
    List<Example> unseen = task(50, reversed, 77);
    try (Translator translator =
        new Translator(model, state.parameters(), backend, DecodingSettings.GREEDY)) {
      List<List<Hypothesis>> found =
          translator.translate(unseen.stream().map(Example::source).toList(), done -> {});
      long right =
          IntStream.range(0, unseen.size())
              .filter(i -> Arrays.equals(unseen.get(i).target(), found.get(i).get(0).tokens()))
              .count();
      assertTrue(right >= 40, right + " of 50 are right");
    }
  }

  @Test
  void accumulatedBatchesMoveTheParametersAsOneBatchOfAllDoes() {
    EncoderDecoder plain = SmallModel.withDropout(0);
    List<Example> data = task(32, false, 1);
    OptimizerSettings adam =
        OptimizerSettings.builder().schedule("constant").learningRate(0.001).epsilon(1e-3).build();
    ModelState together = ModelState.fresh(plain.initialize(3));
    ModelState apart = ModelState.fresh(plain.initialize(3));
    try (TrainingStep one =
            new TrainingStep(
                new TrainingObjective(plain, new TranslationCollator(), 0.1),
                adam,
                together,
                backend,
                5);
        TrainingStep two =
            new TrainingStep(
                new TrainingObjective(plain, new TranslationCollator(), 0.1),
                adam,
                apart,
                backend,
                5)) {
      one.run(StepBatches.of(data), 1, 0);
      two.run(new StepBatches(List.of(data.subList(0, 16), data.subList(16, 32))), 1, 0);
    }
    assertArrayEquals(bits(together), bits(apart), 1e-5f);
  }

  @Test
  void aLossThatIsNotFiniteStopsTrainingAndLeavesTheParametersAsTheyWere() {
    ModelState state = ModelState.fresh(model.initialize(3));
    state.parameters().flat().muli(Float.POSITIVE_INFINITY);
    float[] before = bits(state);
    try (TrainingStep step = step(model, state)) {
      StepBatches batches = StepBatches.of(task(8, false, 1));
      InvalidInputException failure =
          assertThrows(InvalidInputException.class, () -> step.run(batches, 12, 0));
      assertTrue(failure.getMessage().startsWith("training diverged at step 12: loss "));
      assertTrue(failure.getMessage().contains("optimizer.learningRate"));
    }
    assertArrayEquals(before, bits(state));
  }
}
