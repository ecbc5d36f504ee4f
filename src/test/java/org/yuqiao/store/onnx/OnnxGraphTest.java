package org.yuqiao.store.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.store.graph.ExportedSteps;
import org.yuqiao.store.graph.TranslatorGraphs;

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
    ExportedSteps.assertEqual(settings, this::open);
  }

  private ExportedSteps.Graphs open(TranslatorGraphs graphs, ExportedSteps.Signatures signatures) {
    OnnxGraph encoderGraph = new OnnxGraph();
    graphs.encoder(encoderGraph);
    OnnxGraph decoderGraph = new OnnxGraph();
    signatures.decoder(graphs.decoder(decoderGraph));
    OnnxSession encoder = saved(encoderGraph, "encoder.onnx");
    OnnxSession decoder = saved(decoderGraph, "decoder.onnx");
    return new ExportedSteps.Graphs() {
      @Override
      public Map<String, INDArray> encode(Map<String, INDArray> inputs, List<String> outputs) {
        return encoder.run(inputs, outputs);
      }

      @Override
      public Map<String, INDArray> step(Map<String, INDArray> inputs, List<String> outputs) {
        return decoder.run(inputs, outputs);
      }
    };
  }

  private OnnxSession saved(OnnxGraph graph, String name) {
    graph.save(folder.resolve(name));
    OnnxSession session = new OnnxSession(folder.resolve(name));
    sessions.add(session);
    return session;
  }
}
