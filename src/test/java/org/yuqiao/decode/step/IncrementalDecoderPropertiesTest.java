package org.yuqiao.decode.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.SlowSeededProperty;
import org.yuqiao.backend.Backend;
import org.yuqiao.backend.session.InferenceWeights;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;

class IncrementalDecoderPropertiesTest {
  private static final int VOCABULARY = 30;
  private static final EncoderDecoder MODEL =
      new EncoderDecoder(
          ModelSettings.builder()
              .hiddenSize(16)
              .feedForwardSize(24)
              .heads(2)
              .layers(1)
              .maxPositions(40)
              .build(),
          new EncoderDecoder.Vocabularies(VOCABULARY, VOCABULARY, false),
          DataType.FLOAT);

  private static Arbitrary<int[]> tokens(int min, int max) {
    return Arbitraries.integers()
        .between(4, VOCABULARY - 1)
        .array(int[].class)
        .ofMinSize(min)
        .ofMaxSize(max);
  }

  @Provide
  Arbitrary<List<int[]>> sources() {
    return tokens(1, 12).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<int[]>> steps() {
    return tokens(4, 4).list().ofMinSize(1).ofMaxSize(20);
  }

  /** After each step the beams are exchanged in a way that the tokens drawn decide. */
  @SlowSeededProperty
  void aStepWithTheCacheIsWhatRecomputingTheWholePrefixGives(
      @ForAll("sources") List<int[]> sources, @ForAll("steps") List<int[]> steps) {
    ParameterBuffer parameters = MODEL.initialize(3);
    StepOutputs outputs = new StepOutputs(true, false);
    int rows = sources.size();
    int[] sentences = IntStream.range(0, rows).toArray();
    try (StepModel whole = new WholePrefixDecoder(MODEL, parameters);
        StepModel step =
            new IncrementalDecoder(
                MODEL, new InferenceWeights(parameters), new Backend(1), outputs)) {
      whole.begin(sources);
      step.begin(sources);
      for (int[] drawn : steps) {
        int[] tokens = IntStream.range(0, rows).map(row -> drawn[row]).toArray();
        whole.step(tokens);
        step.step(tokens);
        float[] expected = new float[VOCABULARY];
        float[] actual = new float[VOCABULARY];
        for (int row = 0; row < rows; row++) {
          whole.read(row, expected);
          step.read(row, actual);
          assertArrayEquals(expected, actual, 1e-4f);
        }
        if (drawn[0] % 3 == 0) {
          int[] turned = IntStream.range(0, rows).map(row -> sentences[(row + 1) % rows]).toArray();
          whole.select(turned, turned);
          step.select(turned, turned);
        }
      }
    }
  }
}
