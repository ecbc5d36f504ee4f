package org.yuqiao.backend.session;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.tensor.Device;
import org.yuqiao.backend.tensor.Tensor;

/** A flat array of a {@link StateCache} that grows; float32 on the CPU is moved without ND4J. */
final class StateArray implements AutoCloseable {
  private static final float[] ZEROS = new float[4096];

  private final boolean direct;
  private INDArray owner;
  private Tensor.Block block = Tensor.Block.NONE;
  private FloatBuffer floats = FloatBuffer.allocate(0);

  private StateArray(INDArray owner, boolean direct) {
    this.direct = direct;
    own(owner);
  }

  /** An array with room for {@code size} elements, content unknown. */
  static StateArray empty(DataType type, int size) {
    boolean direct = type == DataType.FLOAT && Device.isCpu();
    return new StateArray(Nd4j.createUninitialized(type, size), direct);
  }

  private void own(INDArray array) {
    owner = array;
    if (direct) {
      block = Tensor.Block.of(array, 0, Math.toIntExact(array.length()));
      block.retain(); // The cache's own claim: no session may reuse this memory.
      floats = block.floats();
    }
  }

  Tensor.Block block() {
    return block;
  }

  /** Makes room for {@code size} elements and keeps the first {@code kept}. */
  void reserve(int size, int kept) {
    if (size <= owner.length()) {
      return;
    }
    INDArray old = owner;
    own(Nd4j.createUninitialized(old.dataType(), Math.max(size, old.length() + old.length() / 2)));
    if (kept > 0) {
      view(0, kept).assign(old.get(NDArrayIndex.interval(0, kept)));
    }
    old.close();
  }

  void move(int from, int to, int count) {
    if (from == to || count == 0) {
      return;
    }
    if (direct) {
      floats.put(to, floats, from, count);
    } else {
      view(to, count).assign(view(from, count).dup());
    }
  }

  void clear(int from, int count) {
    if (!direct && count > 0) {
      view(from, count).assign(0);
    } else {
      for (int at = 0; at < count; at += ZEROS.length) {
        floats.put(from + at, ZEROS, 0, Math.min(ZEROS.length, count - at));
      }
    }
  }

  /** Replaces row i by row {@code from[i]} by way of a copy, which serves every {@code from}. */
  void permute(int[] from, int stride, int size, int moved) {
    INDArray copy = view(0, size).dup();
    for (int i = 0; i < from.length; i++) {
      int start = from[i] * stride;
      view(i * stride, moved).assign(copy.get(NDArrayIndex.interval(start, start + moved)));
    }
    copy.close();
  }

  INDArray view(int from, int count) {
    return owner.get(NDArrayIndex.interval(from, from + count));
  }

  @Override
  public void close() {
    owner.close();
  }
}
