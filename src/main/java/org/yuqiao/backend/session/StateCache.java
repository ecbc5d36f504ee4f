package org.yuqiao.backend.session;

import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.backend.op.CacheAppendOp;
import org.yuqiao.backend.tensor.Device;
import org.yuqiao.backend.tensor.Tensor;

/**
 * The keys and values that attention has computed, kept from one decoding step to the next: an
 * array {@code [R, C, D]} for each name, R rows (hypotheses or sentences), C positions of which the
 * first ones are filled, D the width. A graph reads and extends the arrays where they are ({@link
 * Inputs#cache}, {@link CacheAppendOp}); memory is kept from batch to batch.
 */
public final class StateCache implements AutoCloseable {
  /** Room grows by so many positions at a time; what is not filled holds zeros. */
  private static final int BLOCK = 16;

  private final Map<String, Store> stores = new LinkedHashMap<>();
  private final int width;
  private int rows;
  private int capacity;

  /** An empty cache of an array of {@code width} columns for each of {@code names}. */
  public StateCache(Collection<String> names, int width, DataType type) {
    this.width = width;
    names.forEach(name -> stores.put(name, Store.empty(type)));
  }

  Set<String> names() {
    return stores.keySet();
  }

  /** R. */
  public int rows() {
    return rows;
  }

  /** C: the positions there is room for. */
  public int capacity() {
    return capacity;
  }

  /** Forgets everything and makes room for {@code rows} rows of {@code positions}, all zeros. */
  public void reset(int rows, int positions) {
    this.rows = rows;
    this.capacity = positions;
    int size = Math.toIntExact((long) rows * positions * width);
    for (Store store : stores.values()) {
      store.reserve(size, 0);
      store.clear(0, size);
    }
  }

  /** Makes {@code values} {@code [R, C, D]} the content of the array {@code name}. */
  public void fill(String name, INDArray values) {
    array(name).assign(values);
  }

  /** Sees to it that there is room for {@code positions}; what is there keeps its place. */
  public void reserve(int positions) {
    if (positions > capacity) {
      int wider = (positions + BLOCK - 1) / BLOCK * BLOCK;
      stores.values().forEach(store -> widen(store, wider));
      capacity = wider;
    }
  }

  /** Rows move apart, the last first, since each goes to where later ones were. */
  private void widen(Store store, int wider) {
    int old = capacity * width;
    int stride = wider * width;
    store.reserve(Math.toIntExact((long) rows * stride), rows * old);
    for (int row = rows - 1; row >= 0; row--) {
      store.move(row * old, row * stride, old);
      store.clear(row * stride + old, stride - old);
    }
  }

  /**
   * Row i becomes what row {@code from[i]} was, for all i at once; there are {@code from.length}
   * rows afterwards. A row that stays costs nothing.
   *
   * @param positions how many positions of a row are filled and need be moved
   */
  public void select(int[] from, int positions) {
    int stride = capacity * width;
    int moved = positions * width;
    for (Store store : stores.values()) {
      store.reserve(Math.toIntExact((long) from.length * stride), rows * stride);
      store.clear(rows * stride, Math.max(0, from.length - rows) * stride);
      if (comeFromBelow(from)) {
        for (int i = from.length - 1; i >= 0; i--) {
          store.move(from[i] * stride, i * stride, moved);
        }
      } else if (overwritesNothingWanted(from)) {
        for (int i = 0; i < from.length; i++) {
          store.move(from[i] * stride, i * stride, moved);
        }
      } else {
        store.permute(from, stride, rows * stride, moved);
      }
    }
    rows = from.length;
  }

  /** Whether every row comes from its own place or one before: moved last first, none is lost. */
  private static boolean comeFromBelow(int[] from) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] > i) {
        return false;
      }
    }
    return true;
  }

  /** Whether every row that is copied elsewhere stays in its own place too, or lies behind all. */
  private static boolean overwritesNothingWanted(int[] from) {
    for (int row : from) {
      if (row < from.length && from[row] != row) {
        return false;
      }
    }
    return true;
  }

  /** The array {@code [R, C, D]} of that name, a view. */
  public INDArray array(String name) {
    return stores.get(name).owner.get(NDArrayIndex.interval(0, size())).reshape(shape());
  }

  public Tensor tensor(String name) {
    return Tensor.floats(stores.get(name).block, shape());
  }

  private long size() {
    return (long) rows * capacity * width;
  }

  private long[] shape() {
    return new long[] {rows, capacity, width};
  }

  @Override
  public void close() {
    stores.values().forEach(store -> store.owner.close());
    stores.clear();
  }

  /** A flat array that grows; FLOAT values on the CPU are moved without ND4J. */
  private static final class Store {
    private static final float[] ZEROS = new float[4096];

    private final boolean direct;
    private INDArray owner;
    private Tensor.Block block = Tensor.Block.NONE;
    private FloatBuffer floats = FloatBuffer.allocate(0);

    private Store(INDArray owner, boolean direct) {
      this.direct = direct;
      own(owner);
    }

    static Store empty(DataType type) {
      boolean direct = type == DataType.FLOAT && Device.isCpu();
      return new Store(Nd4j.createUninitialized(type, BLOCK), direct);
    }

    private void own(INDArray array) {
      owner = array;
      if (direct) {
        block = Tensor.Block.of(array, 0, Math.toIntExact(array.length()));
        // The cache's own claim: no session may give this memory to others.
        block.retain();
        floats = block.floats();
      }
    }

    /** Makes room for {@code size} elements and keeps the first {@code kept}. */
    void reserve(int size, int kept) {
      if (size <= owner.length()) {
        return;
      }
      long room = Math.max(size, owner.length() + owner.length() / 2);
      INDArray old = owner;
      own(Nd4j.createUninitialized(old.dataType(), room));
      if (kept > 0) {
        owner.get(NDArrayIndex.interval(0, kept)).assign(old.get(NDArrayIndex.interval(0, kept)));
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

    /** The general case, by way of a copy. */
    void permute(int[] from, int stride, int size, int moved) {
      INDArray copy = view(0, size).dup();
      for (int i = 0; i < from.length; i++) {
        int start = from[i] * stride;
        view(i * stride, moved).assign(copy.get(NDArrayIndex.interval(start, start + moved)));
      }
      copy.close();
    }

    private INDArray view(int from, int count) {
      return owner.get(NDArrayIndex.interval(from, from + count));
    }
  }
}
