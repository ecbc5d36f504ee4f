package org.yuqiao.backend.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.yuqiao.backend.tensor.TensorFixtures.zeros;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.backend.compute.ComputeLevel;
import org.yuqiao.backend.compute.RequiredLevel;
import org.yuqiao.backend.tensor.Tensor;

class OneDnnMatrixTest extends FloatMatrixTest {
  @BeforeEach
  void oneDnnIsUsed() {
    RequiredLevel.require(ComputeLevel.ONEDNN);
  }

  @Override
  WeightMatrix laidOut(Tensor weight, boolean transposed) {
    return new OneDnnMatrix(weight, transposed);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,5", "3,17,33", "5,8,64", "300,33,31", "2,2500,20"})
  void multipliesAsDefined(int rows, int inputs, int outputs) {
    requireDefinition(rows, inputs, outputs, false, 1e-3);
    requireDefinition(rows, inputs, outputs, true, 1e-3);
  }

  /** The sizes of real models: oneDNN might choose other ways for other numbers of rows. */
  @ParameterizedTest
  @CsvSource({"128,512", "256,1024", "1024,256", "256,4000", "512,2048", "2048,512", "100,300"})
  void aRowIsTheSameToTheLastBitWhateverRowsAreBesideIt(int inputs, int outputs) {
    Tensor w = random(inputs, outputs);
    Tensor bias = random(1, outputs);
    OneDnnMatrix matrix = new OneDnnMatrix(w, false);
    Tensor many = random(300, inputs);
    Tensor all = zeros(300, outputs);
    multiply(matrix, all, many, w, bias);
    for (int rows : new int[] {1, 2, 3, 5, 8, 13, 16, 17, 31, 32, 64, 100, 128, 255, 256}) {
      int first = 300 - rows;
      Tensor some = zeros(rows, inputs);
      some.write(0, rows(many, first, 300), 0, some.size());
      Tensor y = zeros(rows, outputs);
      multiply(matrix, y, some, w, bias);
      assertArrayEquals(rows(all, first, 300), rows(y, 0, rows), rows + " rows");
    }
  }

  @Test
  void sizesDroppedFromTheCacheAreCompiledAgain() {
    Tensor x = random(40, 8);
    for (int round = 0; round < 2; round++) {
      for (int outputs = 1; outputs <= 40; outputs++) {
        Tensor w = zeros(8, outputs);
        float[] ones = new float[w.size()];
        Arrays.fill(ones, 1);
        w.write(0, ones, 0, ones.length);
        OneDnnMatrix matrix = new OneDnnMatrix(w, false);
        for (int rows = 1; rows <= 40; rows++) {
          Tensor some = zeros(rows, 8);
          some.write(0, rows(x, 0, rows), 0, some.size());
          Tensor y = zeros(rows, outputs);
          multiply(matrix, y, some, w);
          double sum = 0;
          for (int i = 0; i < 8; i++) {
            sum += some.get((rows - 1) * 8 + i);
          }
          assertEquals(sum, y.get(rows * outputs - 1), 1e-4);
        }
      }
    }
  }
}
