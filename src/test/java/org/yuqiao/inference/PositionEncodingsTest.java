package org.yuqiao.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.TinyExperiment;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.decode.trace.HeadTrace;
import org.yuqiao.experiment.Training;
import org.yuqiao.inference.PositionEncodings.Encoding;
import org.yuqiao.store.RunFolder;

/** Encodings of trained models of each position scheme beside what their graphs add. */
class PositionEncodingsTest {
  @TempDir private Path folder;

  private RunFolder train(String scheme) throws IOException {
    Path experiment =
        TinyExperiment.write(
            folder,
            "tiny.yaml",
            """
            model.positions: %s
            train: {minutes: 0, steps: 2, validateMinutes: 0, validateSteps: 2, averageCheckpoints: 1}
            decode: {beamSize: 2, maxLengthRatio: 1.0}
            """
                .formatted(scheme));
    return Training.run(experiment, folder.resolve("run"), new ArrayList<String>()::add);
  }

  @ParameterizedTest
  @CsvSource({"learned,4", "relative-bias,4", "relative-shaw,4", "transformer-xl,3", "none,2"})
  void theModelsOwnComesFirstThenTheFormulas(String scheme, int count) throws IOException {
    try (TranslationModel model = TranslationModel.load(train(scheme).path())) {
      List<Encoding> encodings = PositionEncodings.of(model, 4);
      assertEquals(scheme, PositionEncodings.name(PositionEncodings.schemeOf(model)));
      assertEquals(count, encodings.size());
      HeadTrace trace =
          model.tracer().trace("你好。", "a", new AttentionHead(AttentionKind.ENCODER, 1, 2)).trace();
      int length = Math.min(4, trace.source().size());
      Encoding own = encodings.get(0);
      if (scheme.equals("learned")) {
        float[][] added = trace.step("position").orElseThrow().matrix().values();
        for (int t = 0; t < length; t++) {
          assertArrayEquals(added[t], own.matrix()[t]);
        }
      } else if (scheme.equals("relative-bias")) {
        float[][] term = trace.step("position-term").orElseThrow().matrix().values();
        for (int t = 0; t < length; t++) {
          for (int s = 0; s < length; s++) {
            assertEquals(term[t][s], own.heads()[1][t][s]);
          }
        }
      } else if (scheme.equals("transformer-xl")) {
        assertEquals(7, own.matrix().length);
        assertEquals(-3, own.firstRow());
        assertEquals(Math.sin(-3), own.matrix()[0][0], 1e-6);
        assertEquals(Math.cos(3), own.matrix()[0][1], 1e-6);
      }
    }
  }
}
