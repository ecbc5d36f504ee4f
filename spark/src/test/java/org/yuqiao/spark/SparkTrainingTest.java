package org.yuqiao.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.cli.cluster.ClusterSettings;
import org.yuqiao.cli.cluster.TrainingJob;
import org.yuqiao.corpus.clean.CleanedShards;
import org.yuqiao.corpus.clean.Cleaning;
import org.yuqiao.corpus.clean.CorpusSettings;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.experiment.Experiment;
import org.yuqiao.experiment.task.ProgressListener;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.Provenance;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.Progress;
import org.yuqiao.train.TrainingStep;

/** Two executors of one core train as one process with two threads does, bit for bit. */
class SparkTrainingTest {
  private static final int STEPS = 300;

  @TempDir private Path folder;

  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private ExperimentSettings settings;
  private Path alone;

  @BeforeEach
  void trainHere() throws IOException {
    settings = settings("");
    alone = folder.resolve("alone");
    ProgressListener silent =
        new ProgressListener() {
          @Override
          public void say(String sentence) {}

          @Override
          public void step(Progress progress, TrainingStep.Result result) {}
        };
    Experiment.begin(settings, alone, new Backend(2), silent, new AtomicBoolean()).run();
  }

  private ExperimentSettings settings(String more) throws IOException {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      train.append("我有").append(i).append("本书。\tI have ").append(i).append(" books.\n");
    }
    Files.writeString(folder.resolve("train.tsv"), train);
    Path clean = folder.resolve("clean");
    if (!Files.exists(clean)) {
      CleanedShards.write(
          List.of(new CorpusFiles(folder.resolve("train.tsv").toString())),
          Cleaning.of(CorpusSettings.DEFAULT, List.of()),
          clean,
          70,
          done -> {});
    }
    Files.writeString(folder.resolve("valid.tsv"), "我有999本书。\tI have 999 books.\n");
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        data: {train: [%1$s/clean], valid: [%1$s/valid.tsv], test: [%1$s/valid.tsv]}
        subwords: {vocabularySize: 400}
        model: {hiddenSize: 16, feedForwardSize: 32, attention: {heads: 2}, encoderLayers: 1, decoderLayers: 1}
        train: {minutes: 0, steps: %2$d, validateMinutes: 0, validateSteps: 50, batchTokens: 200}
        %3$s
        """
            .formatted(folder, STEPS, more));
    return SettingsFile.read(file, List.of());
  }

  private boolean trainThere(ClusterSettings cluster, Path run, BooleanSupplier stop) {
    AtomicBoolean stopRequested = new AtomicBoolean();
    return new SparkEngine()
        .train(
            cluster,
            new TrainingJob(settings, run),
            message -> {
              messages.add(message);
              stopRequested.set(stop.getAsBoolean());
            },
            stopRequested);
  }

  private static byte[] lastWeights(Path run) throws IOException {
    Path last = new RunFolder(run).checkpoints().ofStep(STEPS).orElseThrow();
    return Files.readAllBytes(Checkpoints.weightsIn(last).orElseThrow());
  }

  private static List<Provenance.Session> sessions(Path run) {
    return Provenance.read(new RunFolder(run)).orElseThrow().sessions();
  }

  @Test
  void executorsTakeTheStepsOfThreadsThoughOneIsKilled() throws IOException {
    Path run = folder.resolve("there");
    Thread killer = Clusters.killOneWhen(() -> !new RunFolder(run).checkpoints().all().isEmpty());
    assertTrue(trainThere(Clusters.processes(1 << 20), run, () -> false), messages.toString());
    assertFalse(killer.isAlive(), "no executor was killed");
    assertTrue(
        messages.stream().anyMatch(line -> line.startsWith("a replica was lost; training goes on")),
        messages.toString());
    assertEquals("the executors count subwords", messages.get(0));
    for (String tokenizer : List.of("tokenizer.zh.json", "tokenizer.en.json")) {
      assertArrayEquals(
          Files.readAllBytes(alone.resolve(tokenizer)), Files.readAllBytes(run.resolve(tokenizer)));
    }
    assertArrayEquals(lastWeights(alone), lastWeights(run));
    assertEquals(2, sessions(run).size());
    assertTrue(sessions(run).get(1).backend().endsWith("in each of 2 replicas"));
    assertEquals(STEPS, RunResult.read(new RunFolder(run)).orElseThrow().steps());
    assertTrue(messages.stream().anyMatch(line -> line.contains("validation perplexity")));
    assertFalse(Files.exists(run.resolve("messages.tmp")));
  }

  @Test
  void aStoppedRunIsResumedByOneProcess() throws IOException {
    Path run = folder.resolve("stopped");
    assertFalse(
        trainThere(
            Clusters.processes(1 << 20),
            run,
            () -> !new RunFolder(run).checkpoints().all().isEmpty()),
        messages.toString());
    assertTrue(RunResult.read(new RunFolder(run)).isEmpty());
    assertTrue(trainThere(Clusters.threads(1 << 20), run, () -> false), messages.toString());
    assertArrayEquals(lastWeights(alone), lastWeights(run));
    assertTrue(sessions(run).get(1).backend().endsWith("2 threads"));
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    settings = settings("optimizer: {learningRate: 1.0e30, maxGradNorm: 0.0}");
    String diverged = refusal("diverged");
    assertTrue(diverged.startsWith("training diverged"), diverged);
    Files.delete(folder.resolve("valid.tsv"));
    String missing = refusal("missing");
    assertTrue(missing.contains("valid.tsv"), missing);
  }

  private String refusal(String run) {
    return assertThrows(
            InvalidInputException.class,
            () -> trainThere(Clusters.threads(1 << 20), folder.resolve(run), () -> false))
        .getMessage();
  }
}
