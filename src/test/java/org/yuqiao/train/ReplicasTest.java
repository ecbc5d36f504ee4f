package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.batch.BatchSource;
import org.yuqiao.corpus.batch.EncodedCorpus;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;

class ReplicasTest {
  private static final long STEPS = 24;

  @TempDir private Path folder;

  private final EncoderDecoder model = SmallModel.withDropout(0.2);
  private final ExecutorService replicas = Executors.newCachedThreadPool();
  private EncodedCorpus corpus;

  @BeforeEach
  void encode() {
    corpus = EncodedCorpus.write(folder.resolve("ids"), pairs().iterator(), 15);
  }

  @AfterEach
  void shutDown() {
    replicas.shutdownNow();
  }

  private static List<Example> pairs() {
    SplittableRandom random = new SplittableRandom(1);
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < 151; i++) {
      int[] source = random.ints(3 + random.nextInt(8), 4, SmallModel.VOCABULARY).toArray();
      int[] target = random.ints(3 + random.nextInt(8), 4, SmallModel.VOCABULARY).toArray();
      pairs.add(new Example(source, target));
    }
    return pairs;
  }

  private ModelState state(long seed) {
    ModelState state = ModelState.fresh(model.initialize(seed)).averaging(0.9);
    state.beginAverage();
    return state;
  }

  /** A training by one replica; each has a folder for what it writes. */
  private final class Training {
    private final Replica replica;
    private final ModelState state;
    private final Checkpoints checkpoints;
    private final TrainingSettings settings;
    private final AtomicBoolean stop = new AtomicBoolean();
    private long stopAt = -1;
    private long lastStep;
    private int validations;
    private double validationLoss = 1;

    Training(Replica replica, long seed, TrainingSettings settings) {
      this.replica = replica;
      this.state = state(seed);
      this.settings = settings;
      this.checkpoints =
          new Checkpoints(
              folder.resolve("checkpoints-" + replica.shares() + "-" + replica.exchange().rank()));
    }

    Trainer.Outcome run(Progress start) {
      Validator validator =
          new Validator() {
            @Override
            public Progress.Validation validate(long step, double seconds) {
              validations++;
              return new Progress.Validation(step, seconds, validationLoss, Map.of());
            }

            @Override
            public void close() {}
          };
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onStep(Progress progress, TrainingStep.Result result) {
              lastStep = progress.step();
              stop.set(lastStep == stopAt);
            }

            @Override
            public void onValidation(Progress progress) {}
          };
      OptimizerSettings adam =
          OptimizerSettings.builder().learningRate(0.003).maxGradNorm(0.5).build();
      TrainingObjective objective = new TrainingObjective(model, new TranslationCollator(), 0.1);
      try (TrainingStep step = new TrainingStep(objective, adam, state, replica, 5)) {
        BatchSource source = BatchSource.of(corpus, List.of(), 100, 5, settings.shuffleBuffer());
        if (replica.leads()) {
          return new Trainer(settings, source, step, validator, checkpoints)
              .run(start, listener, stop);
        }
        new Follower(settings, source, step).run();
        return new Trainer.Outcome(Progress.START, Trainer.End.REQUEST);
      }
    }
  }

  private static TrainingSettingsBuilder settings() {
    return TrainingSettings.builder()
        .minutes(0)
        .steps(STEPS)
        .gradientAccumulation(2)
        .validateMinutes(0)
        .validateSteps(7);
  }

  private Training alone(int threads, TrainingSettings settings) {
    return new Training(Replica.alone(new Backend(threads)), 3, settings);
  }

  /** Replicas with one thread each; all but the first begin with other parameters. */
  private List<Training> replicas(int count, TrainingSettings settings) {
    List<GradientExchange> exchanges = SharedMemoryExchange.of(count);
    return IntStream.range(0, count)
        .mapToObj(
            rank ->
                new Training(
                    new Replica(new Backend(1), exchanges.get(rank)).withPrecisionsOf(settings),
                    3 + rank,
                    settings))
        .toList();
  }

  /** Runs all at the same time; returns the outcome of the first. */
  private Trainer.Outcome run(List<Training> trainings, Progress start) {
    List<CompletableFuture<Trainer.Outcome>> outcomes =
        trainings.stream()
            .map(one -> CompletableFuture.supplyAsync(() -> one.run(start), replicas))
            .toList();
    CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).join();
    return outcomes.get(0).join();
  }

  private static void assertSameState(Training actual, Training expected) {
    List<float[]> values =
        actual.state.buffers().stream().map(b -> b.flat().dup().data().asFloat()).toList();
    for (int i = 0; i < values.size(); i++) {
      assertArrayEquals(
          expected.state.buffers().get(i).flat().dup().data().asFloat(), values.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void twoReplicasOfOneThreadTakeTheStepsOfOneProcessWithTwo(int gradientAccumulation) {
    TrainingSettings settings = settings().gradientAccumulation(gradientAccumulation).build();
    Training alone = alone(2, settings);
    alone.run(Progress.START);
    List<Training> two = replicas(2, settings);
    Trainer.Outcome outcome = run(two, Progress.START);
    assertEquals(Trainer.End.LIMIT, outcome.end());
    assertEquals(STEPS, outcome.progress().step());
    assertSameState(two.get(0), alone);
    assertSameState(two.get(1), alone);
  }

  @Test
  void moreReplicasThanSentencesOfABatchDifferByRoundingOnly() {
    TrainingSettings settings = settings().steps(4).build();
    Training alone = alone(12, settings);
    alone.run(Progress.START);
    List<Training> many = replicas(12, settings);
    run(many, Progress.START);
    float[] expected = alone.state.parameters().flat().dup().data().asFloat();
    assertArrayEquals(
        expected, many.get(0).state.parameters().flat().dup().data().asFloat(), 1e-5f);
    for (Training one : many) {
      assertSameState(one, many.get(0));
    }
  }

  @Test
  void onlyTheFirstReplicaValidatesAndWritesCheckpoints() {
    List<Training> two = replicas(2, settings().build());
    run(two, Progress.START);
    assertEquals(4, two.get(0).validations);
    assertEquals(0, two.get(1).validations);
    assertFalse(two.get(0).checkpoints.all().isEmpty());
    assertTrue(two.get(1).checkpoints.all().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void aTrainingResumesWithAnotherNumberOfReplicas(int shuffleBuffer) {
    TrainingSettings settings = settings().shuffleBuffer(shuffleBuffer).build();
    Training whole = alone(2, settings);
    whole.run(Progress.START);

    List<Training> begun = replicas(2, settings);
    begun.get(0).stopAt = 11;
    Trainer.Outcome stopped = run(begun, Progress.START);
    assertEquals(Trainer.End.REQUEST, stopped.end());
    assertEquals(11, stopped.progress().step());
    assertSameState(begun.get(1), begun.get(0));

    Training resumed = new Training(Replica.alone(new Backend(2)), 99, settings);
    Progress progress = begun.get(0).checkpoints.loadLast(resumed.state).orElseThrow();
    resumed.run(progress);
    assertSameState(resumed, whole);

    List<Training> again = replicas(2, settings);
    begun.get(0).checkpoints.loadLast(again.get(0).state);
    run(again, progress);
    assertSameState(again.get(1), whole);
  }

  @Test
  void replicasThatExchangeInt16TakeTheSameStepsAndEndTogether() {
    TrainingSettings settings = settings().exchangePrecision(ExchangePrecision.INT16).build();
    List<Training> two = replicas(2, settings);
    two.get(0).stopAt = 2;
    Trainer.Outcome stopped = run(two, Progress.START);
    assertEquals(Trainer.End.REQUEST, stopped.end());
    assertSameState(two.get(1), two.get(0));

    Training alone = alone(2, settings().steps(2).build());
    alone.run(Progress.START);
    float[] expected = alone.state.firstMoment().flat().data().asFloat();
    float[] actual = two.get(0).state.firstMoment().flat().data().asFloat();
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(expected[i] - actual[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(difference > 0 && difference < 1e-4 * norm, difference + " of " + norm);
  }

  @ParameterizedTest
  @EnumSource
  void earlyStoppingOfTheFirstEndsAll(ExchangePrecision precision) {
    List<Training> two = replicas(2, settings().patience(1).exchangePrecision(precision).build());
    assertEquals(Trainer.End.PATIENCE, run(two, Progress.START).end());
    assertEquals(14, two.get(0).lastStep);
    assertSameState(two.get(1), two.get(0));
  }

  @Test
  void theClockOfTheFirstEndsAllAndSetsTheirLearningRate() {
    List<Training> two = replicas(2, settings().steps(0).minutes(0.02).build());
    assertEquals(Trainer.End.LIMIT, run(two, Progress.START).end());
    assertSameState(two.get(1), two.get(0));
  }

  @Test
  void aFailureOfTheFirstEndsAll() {
    List<Training> two = replicas(2, settings().build());
    two.get(0).validationLoss = Double.NaN;
    CompletionException failure =
        assertThrows(CompletionException.class, () -> run(two, Progress.START));
    assertTrue(
        failure.getMessage().contains("training diverged: the validation loss at step 7"),
        failure.getMessage());
    assertSameState(two.get(1), two.get(0));
  }

  @ParameterizedTest
  @EnumSource
  void aLossThatIsNotFiniteEndsAllAtTheSameStep(ExchangePrecision precision) {
    List<Training> two = replicas(2, settings().exchangePrecision(precision).build());
    two.get(0).state.parameters().flat().muli(Float.POSITIVE_INFINITY);
    List<CompletableFuture<Trainer.Outcome>> outcomes =
        two.stream()
            .map(one -> CompletableFuture.supplyAsync(() -> one.run(Progress.START), replicas))
            .toList();
    for (CompletableFuture<Trainer.Outcome> outcome : outcomes) {
      Throwable cause = assertThrows(CompletionException.class, outcome::join).getCause();
      assertInstanceOf(InvalidInputException.class, cause);
      assertTrue(cause.getMessage().startsWith("training diverged at step 1: loss "));
    }
  }

  @Test
  void replicasOfDifferentNumbersOfThreadsAreRefused() {
    List<GradientExchange> exchanges = SharedMemoryExchange.of(2);
    List<Training> two =
        List.of(
            new Training(new Replica(new Backend(1), exchanges.get(0)), 3, settings().build()),
            new Training(new Replica(new Backend(2), exchanges.get(1)), 3, settings().build()));
    CompletionException failure =
        assertThrows(CompletionException.class, () -> run(two, Progress.START));
    assertTrue(
        failure.getMessage().contains("replicas must have the same number of threads"),
        failure.getMessage());
  }
}
