package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.zeros;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.tensor.Tensor;

class PackedMatrixTest extends FloatMatrixTest {
  @Override
  WeightMatrix laidOut(Tensor weight, boolean transposed) {
    return new PackedMatrix(weight, transposed);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,5", "2,16,32", "3,17,33", "4,40,100", "5,8,64", "9,33,31"})
  void multipliesAsDefined(int rows, int inputs, int outputs) {
    requireDefinition(rows, inputs, outputs, true, 1e-4);
  }

  @Test
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt() {
    Tensor w = random(70, 50);
    PackedMatrix packed = new PackedMatrix(w, false);
    Tensor many = random(11, 70);
    Tensor all = zeros(11, 50);
    multiply(packed, all, many, w);
    for (int r = 0; r < 11; r++) {
      Tensor one = zeros(1, 70);
      one.write(0, rows(many, r, r + 1), 0, 70);
      Tensor alone = zeros(1, 50);
      multiply(packed, alone, one, w);
      assertArrayEquals(rows(all, r, r + 1), rows(alone, 0, 1));
    }
  }
}
