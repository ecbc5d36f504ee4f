package org.yuqiao.train;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.yuqiao.backend.tensor.Threads;

/**
 * The sum of gradients over replicas in int16, with one scale per block of elements (block floating
 * point). Integers are added exactly, so that the sum does not depend on the order of replicas.
 */
final class QuantizedSum {
  /** Elements that share a scale. */
  static final int BLOCK = 256;

  private final GradientExchange exchange;
  private final Threads threads;
  private final int threadCount;
  private final INDArray maxima;
  private final INDArray codes;

  /** The largest code of one replica: the sum over all fits into int16. */
  private final int maxCode;

  /** Work on a range of blocks. */
  private interface Range {
    void of(int from, int to);
  }

  /**
   * Prepares sums.
   *
   * @param size the number of elements
   * @param threads share the rounding
   */
  QuantizedSum(GradientExchange exchange, long size, Threads threads, int threadCount) {
    this.exchange = exchange;
    this.threads = threads;
    this.threadCount = threadCount;
    this.maxima = Nd4j.zeros(DataType.FLOAT, (size + BLOCK - 1) / BLOCK);
    this.codes = Nd4j.zeros(DataType.INT16, size);
    this.maxCode = Short.MAX_VALUE / exchange.worldSize();
  }

  /**
   * Replaces a float32 gradient by the sum over all replicas, whose bits are the same everywhere. A
   * block with an element that is not finite becomes NaN.
   */
  void of(INDArray gradient) {
    FloatBuffer values = gradient.data().asNioFloat();
    FloatBuffer max = maxima.data().asNioFloat();
    ShortBuffer integers = codes.data().asNio().order(ByteOrder.nativeOrder()).asShortBuffer();
    byBlock((from, to) -> max(values, max, from, to));
    exchange.max(maxima);
    byBlock((from, to) -> quantize(values, max, integers, from, to));
    exchange.sum(codes, new double[0]);
    byBlock((from, to) -> dequantize(integers, max, values, from, to));
  }

  private void byBlock(Range work) {
    long blocks = maxima.length();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      int from = (int) (blocks * i / threadCount);
      int to = (int) (blocks * (i + 1) / threadCount);
      tasks.add(
          () -> {
            work.of(from, to);
            return true;
          });
    }
    threads.all(tasks);
  }

  private int length(int block) {
    return (int) Math.min(codes.length() - (long) block * BLOCK, BLOCK);
  }

  private void max(FloatBuffer values, FloatBuffer maxima, int from, int to) {
    float[] block = new float[BLOCK];
    for (int b = from; b < to; b++) {
      int length = length(b);
      values.get(b * BLOCK, block, 0, length);
      float max = 0;
      for (int i = 0; i < length; i++) {
        // Also NaN.
        max = Math.max(max, Math.abs(block[i]));
      }
      maxima.put(b, max <= Float.MAX_VALUE ? max : Float.POSITIVE_INFINITY);
    }
  }

  private void quantize(
      FloatBuffer values, FloatBuffer maxima, ShortBuffer codes, int from, int to) {
    float[] block = new float[BLOCK];
    short[] rounded = new short[BLOCK];
    for (int b = from; b < to; b++) {
      double max = maxima.get(b);
      double inverse = max > 0 ? maxCode / max : 0;
      int length = length(b);
      values.get(b * BLOCK, block, 0, length);
      for (int i = 0; i < length; i++) {
        rounded[i] = (short) Math.rint(block[i] * inverse);
      }
      codes.put(b * BLOCK, rounded, 0, length);
    }
  }

  private void dequantize(
      ShortBuffer codes, FloatBuffer maxima, FloatBuffer values, int from, int to) {
    float[] block = new float[BLOCK];
    short[] rounded = new short[BLOCK];
    for (int b = from; b < to; b++) {
      // 0 times infinity is NaN.
      double scale = (double) maxima.get(b) / maxCode;
      int length = length(b);
      codes.get(b * BLOCK, rounded, 0, length);
      for (int i = 0; i < length; i++) {
        block[i] = (float) (rounded[i] * scale);
      }
      values.put(b * BLOCK, block, 0, length);
    }
  }
}
