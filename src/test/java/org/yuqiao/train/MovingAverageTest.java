package org.yuqiao.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.tensor.ParameterBuffer;

class MovingAverageTest {
  private final ParameterBuffer parameters =
      ParameterBuffer.zeros(Map.of("w", new long[] {3}), DataType.FLOAT);
  private final MovingAverage average = new MovingAverage(parameters.zerosLike(), 0.9);

  @Test
  void followsTheWeightsEveryTenStepsWithTheDecayOfTen() {
    parameters.flat().assign(1);
    average.begin(parameters);
    double expected = 1;
    for (int step = 1; step <= 2_000; step++) {
      parameters.flat().assign(Math.sin(step));
      average.follow(parameters, step);
      if (step % 10 == 0) {
        double decay = Math.pow(Math.min(0.9, (1.0 + step) / (10.0 + step)), 10);
        expected = decay * expected + (1 - decay) * Math.sin(step);
      }
      assertEquals(expected, average.weights().flat().getDouble(1), 1e-6, "step " + step);
    }
  }

  @Test
  void ofWeightsThatStayItIsTheWeights() {
    parameters.flat().assign(0.25);
    average.begin(parameters);
    for (int step = 1; step <= 500; step++) {
      average.follow(parameters, step);
    }
    assertEquals(0.25, average.weights().flat().getDouble(2), 1e-6);
  }
}
