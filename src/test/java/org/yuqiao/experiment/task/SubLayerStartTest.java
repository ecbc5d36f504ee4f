package org.yuqiao.experiment.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.settings.StartSettings;

class SubLayerStartTest {
  private static final double FACTOR = 0.25;

  private static ParameterBuffer started(double scale) {
    ModelSettings settings =
        ModelSettings.builder()
            .hiddenSize(4)
            .feedForwardSize(8)
            .heads(2)
            .encoderLayers(1)
            .decoderLayers(2)
            .build();
    ParameterBuffer parameters =
        new EncoderDecoder(settings, new EncoderDecoder.Vocabularies(10, 10, false), DataType.FLOAT)
            .initialize(1);
    new SubLayerStart(scale).fill(parameters);
    return parameters;
  }

  @Test
  void onlyTheLastMatrixOfEachSubLayerIsSmaller() {
    ParameterBuffer random = started(1);
    ParameterBuffer scaled = started(FACTOR);
    int last = 0;
    for (String name : random.names()) {
      boolean isLast = name.matches(".*\\.(self|cross)\\.output\\.weight|.*Forward\\.out\\.weight");
      last += isLast ? 1 : 0;
      double[] expected = random.view(name).mul(isLast ? FACTOR : 1).data().asDouble();
      assertArrayEquals(expected, scaled.view(name).dup().data().asDouble(), 0, name);
    }
    assertEquals(2 + 2 * 3, last);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, none", "1.5, none", "NaN, none", "0.5, runs/a"})
  void whatCannotBeIsRefused(double scale, String model) {
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class, () -> new StartSettings("none", model, List.of(), scale));
    assertTrue(refused.getMessage().contains("start.residualScale"), refused.getMessage());
  }
}
