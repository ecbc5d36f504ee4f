package org.yuqiao.store.samediff;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.graph.ExportedSteps;

/** Saved graphs, loaded by ND4J. */
class SameDiffGraphTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.yuqiao.store.graph.ExportedSteps#transformers")
  void logProbabilitiesOfEachStepAreThoseOfTheModel(ModelSettings settings) {
    ExportedSteps.assertEqual(
        settings,
        folder,
        SameDiffGraph::new,
        file -> {
          SameDiff graph = SameDiff.load(file.toFile(), false);
          return graph::output;
        });
  }
}
