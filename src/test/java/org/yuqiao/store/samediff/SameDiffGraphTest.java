package org.yuqiao.store.samediff;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.graph.ExportedSteps;
import org.yuqiao.store.graph.TranslatorGraphs;

/** Saved graphs, loaded by ND4J. */
class SameDiffGraphTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.yuqiao.store.graph.ExportedSteps#transformers")
  void logProbabilitiesOfEachStepAreThoseOfTheModel(ModelSettings settings) {
    ExportedSteps.assertEqual(settings, this::open);
  }

  private ExportedSteps.Graphs open(TranslatorGraphs graphs, ExportedSteps.Signatures signatures) {
    SameDiffGraph encoderGraph = new SameDiffGraph();
    graphs.encoder(encoderGraph);
    SameDiffGraph decoderGraph = new SameDiffGraph();
    signatures.decoder(graphs.decoder(decoderGraph));
    SameDiff encoder = saved(encoderGraph, "encoder.fb");
    SameDiff decoder = saved(decoderGraph, "decoder.fb");
    return new ExportedSteps.Graphs() {
      @Override
      public Map<String, INDArray> encode(Map<String, INDArray> inputs, List<String> outputs) {
        return encoder.output(inputs, outputs);
      }

      @Override
      public Map<String, INDArray> step(Map<String, INDArray> inputs, List<String> outputs) {
        return decoder.output(inputs, outputs);
      }
    };
  }

  private SameDiff saved(SameDiffGraph graph, String name) {
    graph.save(folder.resolve(name));
    return SameDiff.load(folder.resolve(name).toFile(), false);
  }
}
