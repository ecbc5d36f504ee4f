package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.ChineseFont;
import org.yuqiao.TinyExperiment;
import org.yuqiao.decode.explain.Explanation;
import org.yuqiao.decode.search.Sampling;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.query.NearestNeighbors;
import org.yuqiao.embedding.query.Neighbor;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.experiment.Training;
import org.yuqiao.figure.AttentionPlot;
import org.yuqiao.figure.NextTokenPlot;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.RunResult;

/** The README's lines for use as a library. */
class LibraryTest {
  @TempDir private Path folder;

  private RunFolder train(List<String> messages) throws IOException {
    Path experiment =
        TinyExperiment.write(
            folder,
            "tiny.yaml",
            """
            model.encoderLayers: 2
            train: {minutes: 0, steps: 3, validateMinutes: 0, validateSteps: 3, averageCheckpoints: 1}
            decode: {beamSize: 2, maxLengthRatio: 1.0}
            """);
    return Training.run(experiment, folder.resolve("run"), messages::add, "train.seed=2");
  }

  @Test
  void aModelIsTrainedLoadedAndExplainedInAFewLines() throws IOException {
    List<String> messages = new ArrayList<>();
    RunFolder run = train(messages);
    assertEquals(3, RunResult.read(run).orElseThrow().steps());
    assertTrue(
        messages.stream().anyMatch(m -> m.contains("validation perplexity")), messages::toString);
    try (TranslationModel model = TranslationModel.load(run.path())) {
      assertEquals(2, model.settings().train().seed());
      assertEquals(model.translate("你好。"), model.translations("你好。").get(0).text());
      assertEquals(2, model.translations("你好。").size());
      Explanation explanation = model.explain("你好。");
      assertEquals(model.translate("你好。"), explanation.translation());
      assertEquals(2, explanation.encoderSelf().weights().length);
      Sampling sampling = new Sampling(1, 0, 1, 3);
      assertEquals(model.sample("你好。", sampling), model.sample("你好。", sampling));
    }
  }

  @Test
  void aCheckpointIsOpenedLikeAModel() throws IOException {
    RunFolder run = train(new ArrayList<>());
    Path checkpoint = run.checkpoints().all().get(0);
    String ofRun;
    try (TranslationModel model = TranslationModel.load(run.path())) {
      ofRun = model.translate("你好。");
    }
    try (TranslationModel model = TranslationModel.load(checkpoint)) {
      assertEquals(2, model.settings().train().seed());
      assertEquals(ofRun, model.translate("你好。"));
    }
    Files.delete(run.model());
    try (TranslationModel model = TranslationModel.load(checkpoint)) {
      assertEquals(ofRun, model.translate("你好。"));
    }
    assertThrows(InvalidInputException.class, () -> TranslationModel.load(run.path()));
  }

  @Test
  void attentionIsDrawnInTwoLines() throws IOException {
    ChineseFont.require();
    RunFolder run = train(new ArrayList<>());
    try (TranslationModel model = TranslationModel.load(run.path())) {
      Explanation explanation = model.explain("你好。");
      Path picture = folder.resolve("cross.svg");
      AttentionPlot.heads("Cross-attention", explanation.cross(), Optional.empty()).write(picture);
      assertTrue(Files.size(picture) > 1000);
      Path bars = folder.resolve("next.png");
      NextTokenPlot.of(explanation, Optional.empty()).write(bars);
      assertTrue(Files.size(bars) > 1000);
    }
  }

  @Test
  void wordVectorsAreReadAndQueriedInTwoLines() throws IOException {
    Path file = folder.resolve("vectors.txt");
    Files.writeString(file, "3 2\nking 3 1\nqueen 3 1.1\nsun -1 0\n");
    WordVectors vectors = WordVectorFile.read(file);
    List<Neighbor> near = new NearestNeighbors(vectors).of(vectors.index("king").orElseThrow(), 1);
    assertEquals("queen", near.get(0).word());
  }
}
