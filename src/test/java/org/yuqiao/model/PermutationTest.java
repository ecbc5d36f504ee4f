package org.yuqiao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.yuqiao.backend.runtime.KernelSession;
import org.yuqiao.backend.session.Inputs;
import org.yuqiao.backend.session.Session;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.layers.attention.PositionScheme;

class PermutationTest {
  private static final int[] SOURCE = {4, 5, 6, 7, 8, 2};
  private static final int[] ORDER = {3, 0, 5, 1, 4, 2};

  private static INDArray encode(Session session, InferenceGraph graph, int[] source) {
    float[] ones = new float[source.length];
    Arrays.fill(ones, 1f);
    Inputs inputs =
        new Inputs()
            .ints(EncoderDecoder.SOURCE, source, 1, source.length)
            .floats(EncoderDecoder.SOURCE_MASK, ones, 1, source.length);
    return session.run(inputs).get(graph.output()).slice(0).dup();
  }

  @ParameterizedTest
  @MethodSource("org.yuqiao.model.Variants#all")
  void permutingTheSourcePermutesTheEncodersOutputWithoutPositionsOnly(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    ParameterBuffer parameters = model.initialize(3);
    InferenceGraph graph = model.encoderGraph();
    try (Session session = new KernelSession(graph.graph(), List.of(graph.output()), parameters)) {
      INDArray plain = encode(session, graph, SOURCE);
      int[] permuted = Arrays.stream(ORDER).map(i -> SOURCE[i]).toArray();
      INDArray moved = encode(session, graph, permuted);
      double distance = 0;
      for (int i = 0; i < ORDER.length; i++) {
        distance += moved.getRow(i).distance2(plain.getRow(ORDER[i]));
      }
      assertEquals(settings.positions() == PositionScheme.NONE, distance < 1e-4, "" + distance);
    }
  }
}
