package org.yuqiao.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.backend.Backend;
import org.yuqiao.corpus.pair.Example;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.train.Checkpoints;
import org.yuqiao.train.ModelState;

class TrainingSpeedTest {
  private static final WorkloadSize TINY = new WorkloadSize(16, 32, 1, 2, 50, 6, 5);
  private static final TrainingSpeed.Duration SHORT = new TrainingSpeed.Duration(0, 0);

  @TempDir private Path folder;

  private static TrainingSpeed.Result measure(TrainingWorkload workload) {
    return new TrainingSpeed(workload, new Backend(2)).measure(SHORT);
  }

  @Test
  void figuresAreThoseOfTheSteps() {
    TrainingSpeed.Result result = measure(TrainingWorkload.synthetic(TINY, 0));
    // 2 x 50 x 16 embeddings, 8 + 4 + ... counted by hand: an attention has 4 (16 x 16 + 16), a
    // feed-forward network 16 x 32 + 32 + 32 x 16 + 16, a norm 32; 3 attentions, 2 networks, 5
    // norms in the layers and 2 behind the stacks.
    assertEquals(1600 + 3 * 1088 + 2 * 1072 + 7 * 32, result.parameters());
    assertEquals(3, result.steps());
    assertEquals(0, result.padding());
    assertTrue(result.msLowerQuartile() > 0 && result.msLowerQuartile() <= result.msPerStep());
    assertTrue(result.msPerStep() <= result.msUpperQuartile());
    // 60 tokens a step; the slowest of three steps is no faster than the mean.
    assertTrue(result.tokensPerSecond() >= 60 / (result.msUpperQuartile() * 1e-3) * 0.999);
    assertTrue(result.peakMemoryMb() > 0);
    assertTrue(result.msByOp().get("yuqiao_linear") > 0);
    assertTrue(result.msByOp().get("adam") > 0);
    double accounted = result.msByOp().values().stream().mapToDouble(Double::doubleValue).sum();
    assertTrue(
        accounted <= result.msUpperQuartile() + result.msPerStep() + result.msLowerQuartile());
    // Untrained, a token's loss is about that of a guess among 50.
    assertEquals(Math.log(50), result.losses().get(0), 1.0);
  }

  @Test
  void theSameWorkGivesTheSameLosses() {
    TrainingWorkload workload = TrainingWorkload.synthetic(TINY, 0.1);
    TrainingSpeed.Result first = measure(workload);
    TrainingSpeed.Result second = measure(workload);
    assertEquals(first.losses(), second.losses());
    assertEquals(first.gradientNorms(), second.gradientNorms());
  }

  @Test
  void exportedWorkIsReadBack() {
    TrainingWorkload workload = TrainingWorkload.synthetic(TINY, 0);
    workload.write(folder);
    TrainingWorkload read = TrainingWorkload.read(folder);
    assertEquals(workload.size(), read.size());
    assertEquals(workload.batches().size(), read.batches().size());
    Example pair = workload.batches().get(1).get(2);
    assertArrayEquals(pair.target(), read.batches().get(1).get(2).target());
    ModelState loaded = workload.start();
    loaded.parameters().flat().assign(0);
    Checkpoints.loadWeights(folder.resolve("weights.safetensors"), loaded.parameters());
    assertEquals(workload.start().parameters().flat(), loaded.parameters().flat());
  }

  @Test
  void batchesOfACorpusHaveItsPaddingAndItsVocabulary() throws IOException {
    Path corpus = folder.resolve("corpus.tsv");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("我有").append("很".repeat(i % 7)).append(i).append("本书。\tI have ");
      text.append("very ".repeat(i % 5)).append("many books: ").append(i).append(".\n");
    }
    Files.writeString(corpus, text);
    WorkloadSize size = new WorkloadSize(16, 32, 1, 2, 400, 10, 12);
    TrainingWorkload workload = TrainingWorkload.ofCorpus(size, 0, corpus.toString());
    assertTrue(workload.sourceVocabulary() > 260 && workload.sourceVocabulary() <= 400);
    assertEquals(40, workload.batches().stream().mapToInt(batch -> batch.size()).sum());
    assertTrue(workload.padding() > 0 && workload.padding() < 0.5);
    assertTrue(measure(workload).tokensPerSecond() > 0);
  }

  @Test
  void unknownSizesAndBrokenFoldersAreRefused() throws IOException {
    assertTrue(
        assertThrows(InvalidInputException.class, () -> WorkloadSize.of("huge"))
            .getMessage()
            .contains("small, medium, base or big"));
    Path file = folder.resolve("workload.json");
    assertTrue(
        assertThrows(InvalidInputException.class, () -> TrainingWorkload.read(folder))
            .getMessage()
            .contains(file.toString()));
    Files.writeString(file, "{");
    assertThrows(InvalidInputException.class, () -> TrainingWorkload.read(folder));
  }

  @Test
  void otherSizesKeepTheNumberOfTokens() {
    WorkloadSize medium = WorkloadSize.of("medium");
    assertEquals(32, medium.withLength(32).sentences());
    assertEquals(2048, medium.withHiddenSize(512).feedForwardSize());
  }
}
