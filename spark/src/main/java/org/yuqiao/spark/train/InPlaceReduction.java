package org.yuqiao.spark.train;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ml.dmlc.xgboost4j.java.XGBoostJNI;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums and maxima over the ring of XGBoost's communicator in the memory of an array. The public
 * method of its Java class copies each array three times; the native one below it does not, but is
 * not public.
 */
final class InPlaceReduction {
  /** Numbers of the native interface. */
  private static final int FLOAT32 = 1;

  private static final int FLOAT64 = 2;
  private static final int INT16 = 5;
  private static final int MAX = 0;
  private static final int SUM = 2;

  /** Elements of one call: a byte buffer has fewer than 2^31 bytes. */
  private static final int CHUNK = 1 << 28;

  private final Method allReduce;

  InPlaceReduction() {
    try {
      this.allReduce =
          XGBoostJNI.class.getDeclaredMethod(
              "CommunicatorAllreduce", ByteBuffer.class, int.class, int.class, int.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("another version of xgboost4j is on the class path", e);
    }
    allReduce.setAccessible(true);
  }

  /**
   * Sums float32 or int16 arrays of equal lengths.
   *
   * @throws LostReplicaException when a replica is lost
   */
  void sum(INDArray values) {
    reduce(values, SUM);
  }

  /**
   * The maxima of float32 arrays of equal lengths, without NaN.
   *
   * @throws LostReplicaException when a replica is lost
   */
  void max(INDArray values) {
    reduce(values, MAX);
  }

  private void reduce(INDArray values, int operation) {
    int type = type(values.dataType());
    int width = values.dataType().width();
    BytePointer all = new BytePointer(values.data().pointer());
    long length = values.length();
    for (long at = 0; at < length; at += CHUNK) {
      int count = (int) Math.min(CHUNK, length - at);
      BytePointer chunk = new BytePointer(all).position((values.offset() + at) * width);
      call(
          chunk.limit(chunk.position() + (long) count * width).asByteBuffer(),
          count,
          type,
          operation);
    }
  }

  private static int type(DataType type) {
    if (type == DataType.FLOAT) {
      return FLOAT32;
    }
    if (type == DataType.INT16) {
      return INT16;
    }
    throw new IllegalArgumentException("replicas exchange float32 or int16, not " + type);
  }

  /** Sums float64 arrays of equal lengths. */
  void sum(double[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Double.BYTES).order(ByteOrder.nativeOrder());
    buffer.asDoubleBuffer().put(values);
    call(buffer, values.length, FLOAT64, SUM);
    buffer.asDoubleBuffer().get(values);
  }

  private void call(ByteBuffer buffer, int count, int type, int operation) {
    try {
      int code = (int) allReduce.invoke(null, buffer, count, type, operation);
      if (code != 0) {
        throw new LostReplicaException("a replica was lost: " + firstLine());
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot call xgboost4j", e);
    }
  }

  private static String firstLine() {
    return XGBoostJNI.XGBGetLastError().lines().findFirst().orElse("no reason given");
  }
}
