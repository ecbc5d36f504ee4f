package org.yuqiao.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What is wrong in ND4J 1.0.0-M2.1 and why {@link JavaOp}s stand in its place. When one of these
 * tests fails, the library was mended and the work-around can go.
 */
class StockDefectsTest {
  @Test
  void theGradientOfGatherCannotBeTakenTwiceInAGraph() {
    SameDiff graph = SameDiff.create();
    SDVariable a = graph.var("a", Nd4j.rand(DataType.DOUBLE, 5, 3));
    SDVariable b = graph.var("b", Nd4j.rand(DataType.DOUBLE, 5, 3));
    SDVariable ids = graph.constant("ids", Nd4j.createFromArray(1, 3, 3));
    SDVariable loss = graph.gather(a, ids, 0).add(graph.gather(b, ids, 0)).sum();
    loss.markAsLoss();
    assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "a", "b"));
  }

  @Test
  void layerNormHasNoEpsilon() {
    // Of values that differ by 1e-4 the variance is about 1e-9: with an epsilon of 1e-5 the result
    // is near 0.
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.createFromArray(new float[][] {{0, 1e-4f}, {0, 1}}));
    SDVariable gain = graph.constant("gain", Nd4j.ones(DataType.FLOAT, 2));
    SDVariable bias = graph.constant("bias", Nd4j.zeros(DataType.FLOAT, 2));
    INDArray y = graph.nn().layerNorm(x, gain, bias, true, 1).eval();
    assertEquals(1, Math.abs(y.getDouble(0)), 0.05);
  }

  @Test
  void theLossesIgnoreTheGradientThatComesIn() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("logits", Nd4j.createFromArray(new double[][] {{1, 2, 3}}));
    SDVariable label = graph.constant("label", Nd4j.createFromArray(0));
    SDVariable loss = graph.loss().sparseSoftmaxCrossEntropy(logits, label).mul(10).sum();
    loss.markAsLoss();
    INDArray gradient = graph.calculateGradients(Map.of(), "logits").get("logits");
    double p0 = Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3));
    // Ten times the loss should have ten times the gradient, 10 (p0 - 1); it has the plain one.
    assertEquals(p0 - 1, gradient.getDouble(0), 1e-6);
    assertEquals(List.of(1L, 3L), List.of(gradient.size(0), gradient.size(1)));
  }

  @Test
  void dropoutHasNoGradient() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.var("x", Nd4j.ones(DataType.FLOAT, 2, 3));
    SDVariable loss = graph.nn().dropout(x, 0.5).sum();
    loss.markAsLoss();
    assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "x"));
  }

  @Test
  void matmulRefusesATensorTimesAMatrix() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.constant("x", Nd4j.ones(DataType.FLOAT, 2, 3, 4));
    SDVariable w = graph.constant("w", Nd4j.ones(DataType.FLOAT, 4, 5));
    assertThrows(RuntimeException.class, () -> graph.mmul(x, w).eval());
  }

  @Test
  void aSliceOfAViewFarInsideItsBufferIsTakenForEmpty() {
    INDArray all = Nd4j.arange(48).reshape(2, 6, 4);
    INDArray half = all.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 6), NDArrayIndex.all());
    // Its second matrix begins at value 36 of the buffer; the view has 24.
    assertEquals(36, half.getDouble(1, 0, 0));
    assertTrue(half.slice(1).isEmpty());
    assertFalse(half.dup().slice(1).isEmpty());
  }
}
