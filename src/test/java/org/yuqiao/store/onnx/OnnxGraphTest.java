package org.yuqiao.store.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.graph.ExportedSteps;

/** Saved graphs, run by ONNX Runtime. */
class OnnxGraphTest {
  @TempDir private Path folder;
  private final List<OnnxSession> sessions = new ArrayList<>();

  @AfterEach
  void close() {
    sessions.forEach(OnnxSession::close);
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.store.graph.ExportedSteps#transformers")
  void logProbabilitiesOfEachStepAreThoseOfTheModel(ModelSettings settings) {
    ExportedSteps.assertEqual(
        settings,
        folder,
        OnnxGraph::new,
        file -> {
          OnnxSession session = new OnnxSession(file);
          sessions.add(session);
          return session::run;
        });
  }
}
