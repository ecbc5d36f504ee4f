package org.yuqiao.backend.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * An input or output of a kernel: float32 values in native memory, row-major without gaps, or (for
 * ids) an int array on the heap.
 */
public final class Tensor {
  private static final int[] NO_INTS = {};
  private static final float[] ZEROS = new float[2048];

  private final Block block;
  private final int[] ints;
  private final long[] shape;
  private final int size;

  private Tensor(Block block, int[] ints, long[] shape) {
    this.block = block;
    this.ints = ints;
    this.shape = shape;
    this.size = Math.toIntExact(Shapes.size(shape));
  }

  public static Tensor floats(Block block, long[] shape) {
    return new Tensor(block, NO_INTS, shape);
  }

  public static Tensor ints(int[] values, long[] shape) {
    return new Tensor(Block.NONE, values, shape);
  }

  /** A weight that exists only in its laid-out form; reading it fails. */
  public static Tensor absent(long[] shape) {
    return new Tensor(Block.ABSENT, NO_INTS, shape);
  }

  public long[] shape() {
    return shape;
  }

  public int size() {
    return size;
  }

  /** The length of axis {@code i}. */
  public int dim(int i) {
    return (int) shape[i];
  }

  /** The length of the last axis. */
  public int width() {
    return (int) shape[shape.length - 1];
  }

  /** The number of rows: the product of all axes but the last. */
  public int rows() {
    return size / Math.max(1, width());
  }

  /** {@code count} rows from {@code first} on, in the same memory. */
  public Tensor rows(int first, int count) {
    int width = width();
    return floats(block.part(first * width, count * width), new long[] {count, width});
  }

  public boolean isFloat() {
    return block != Block.NONE;
  }

  public int[] ints() {
    return ints;
  }

  public Block block() {
    return block;
  }

  /** The native address of element {@code index}. */
  public long address(long index) {
    return block.address() + index * Float.BYTES;
  }

  /** Copies {@code count} elements from {@code index} on into {@code target}. */
  public void read(int index, float[] target, int at, int count) {
    block.floats().get(index, target, at, count);
  }

  /** Copies {@code count} elements of {@code source} to {@code index}. */
  public void write(int index, float[] source, int at, int count) {
    block.floats().put(index, source, at, count);
  }

  public float get(int index) {
    return block.floats().get(index);
  }

  public void put(int index, float value) {
    block.floats().put(index, value);
  }

  /** Sets every element to 0. */
  public void clear() {
    for (int i = 0; i < size; i += ZEROS.length) {
      write(i, ZEROS, 0, Math.min(ZEROS.length, size - i));
    }
  }

  /** A view as an array of ND4J; a copy for ints. */
  public INDArray array() {
    if (!isFloat()) {
      return Nd4j.createFromArray(ints).reshape(shape);
    }
    return block.view(shape);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }

  /**
   * Float32 values in native memory: elements of an array of ND4J from an offset on, with a count
   * of the readers left in the current step.
   */
  public static final class Block {
    public static final Block NONE = new Block(FloatBuffer.allocate(0), 0, Nd4j.empty(), 0);
    static final Block ABSENT = new Block(FloatBuffer.allocate(0), 0, Nd4j.empty(), 0);

    private final FloatBuffer floats;
    private final long address;
    private final INDArray owner;
    private final int offset;
    private int readers;
    private boolean pinned;

    private Block(FloatBuffer floats, long address, INDArray owner, int offset) {
      this.floats = floats;
      this.address = address;
      this.owner = owner;
      this.offset = offset;
    }

    /** Elements of {@code owner}, an array of rank 1 that is not a view. */
    public static Block of(INDArray owner, int offset, int length) {
      FloatBuffer floats = owner.data().asNioFloat().slice(offset, length);
      long address = owner.data().address() + (long) offset * Float.BYTES;
      return new Block(floats, address, owner, offset);
    }

    /** New memory, content unknown. */
    public static Block allocate(int length) {
      return of(Nd4j.createUninitialized(DataType.FLOAT, length), 0, length);
    }

    /** A part whose readers are not counted. */
    private Block part(int from, int length) {
      long place = address + (long) from * Float.BYTES;
      return new Block(floats.slice(from, length), place, owner, offset + from);
    }

    public FloatBuffer floats() {
      return floats;
    }

    long address() {
      if (this == ABSENT) {
        throw new IllegalStateException("this weight exists only in its laid-out form");
      }
      return address;
    }

    public int capacity() {
      return floats.capacity();
    }

    INDArray view(long[] shape) {
      long length = Shapes.size(shape);
      return owner.get(NDArrayIndex.interval(offset, offset + length)).reshape(shape);
    }

    /** Marks the block as externally owned: its readers are no longer counted. */
    public void pin() {
      pinned = true;
    }

    /** Whether one reader is left and the block is not externally owned. */
    public boolean hasOneReader() {
      return !pinned && readers == 1;
    }

    public void retain() {
      readers++;
    }

    /** Counts one reader less; true when the block can be reused. */
    public boolean release() {
      readers--;
      return readers == 0 && !pinned;
    }

    public void close() {
      owner.close();
    }
  }
}
