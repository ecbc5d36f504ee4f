package org.yuqiao.backend.tensor;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.TensorFile;

/**
 * Named arrays, contiguous in one flat array: parameters, gradients or optimizer moments. One loop
 * over the flat array updates all of them.
 */
public final class ParameterBuffer {
  private record Place(int offset, long[] shape) {}

  private final Map<String, Place> places;
  private final INDArray flat;

  private ParameterBuffer(Map<String, Place> places, INDArray flat) {
    this.places = places;
    this.flat = flat;
  }

  /**
   * Zeros for arrays of these names and shapes, in that order.
   *
   * @throws InvalidInputException when they are more than an array or the memory allowed can hold
   */
  public static ParameterBuffer zeros(Map<String, long[]> shapes, DataType type) {
    requireMemory(shapes, type);
    Map<String, Place> places = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      places.put(entry.getKey(), new Place(Math.toIntExact(offset), entry.getValue().clone()));
      offset += Shapes.size(entry.getValue());
    }
    return new ParameterBuffer(places, Nd4j.zeros(type, offset));
  }

  private static void requireMemory(Map<String, long[]> shapes, DataType type) {
    double size = 0;
    for (long[] shape : shapes.values()) {
      size += Shapes.size(shape);
    }
    double megabytes = size * type.width() / (1 << 20);
    long allowed = Long.getLong("yuqiao.arrays", 0);
    InvalidInputException.require(
        size <= Integer.MAX_VALUE,
        String.format(
            Locale.ROOT,
            "the model has %,.0f parameters; the maximum is %,d",
            size,
            Integer.MAX_VALUE));
    InvalidInputException.require(
        allowed <= 0 || megabytes <= allowed,
        String.format(
            Locale.ROOT,
            "the %,.0f parameters of the model take %,.0f MiB; YUQIAO_ARRAYS allows %,d MiB",
            size,
            megabytes,
            allowed));
  }

  /** Zeros of the same names, shapes and type. */
  public ParameterBuffer zerosLike() {
    return new ParameterBuffer(places, Nd4j.zeros(flat.dataType(), flat.length()));
  }

  /** The names, in the order of the flat array. */
  public Iterable<String> names() {
    return places.keySet();
  }

  /** Whether there is an array of that name. */
  public boolean contains(String name) {
    return places.containsKey(name);
  }

  /** The shape of one array. */
  public long[] shape(String name) {
    return places.get(name).shape().clone();
  }

  /** All shapes by name, in the order of the flat array. */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    places.forEach((name, place) -> shapes.put(name, place.shape().clone()));
    return shapes;
  }

  /** A view of one array: writing to it writes to the flat array. */
  public INDArray view(String name) {
    Place place = places.get(name);
    long length = Shapes.size(place.shape());
    return flat.get(NDArrayIndex.interval(place.offset(), place.offset() + length))
        .reshape(place.shape());
  }

  /** All elements of all arrays, {@code [size]}. */
  public INDArray flat() {
    return flat;
  }

  /** The number of elements. */
  public long size() {
    return flat.length();
  }

  /**
   * The memory of one array, row-major; empty unless it is float32 on the CPU. Writing to it writes
   * to the array.
   */
  public Optional<FloatBuffer> floats(String name) {
    return flat.dataType() == DataType.FLOAT && Device.isCpu()
        ? Optional.of(tensor(name).block().floats().duplicate())
        : Optional.empty();
  }

  /** Reads all arrays from {@code file}, which holds them in these shapes. */
  public void read(TensorFile file) {
    for (String name : places.keySet()) {
      Optional<FloatBuffer> place = floats(name);
      if (place.isPresent()) {
        file.read(name, place.get());
      } else {
        INDArray values = Nd4j.createFromArray(file.floats(name));
        view(name).assign(values.reshape(shape(name)));
      }
    }
  }

  /** One float32 array on the CPU, in the same memory. */
  public Tensor tensor(String name) {
    Place place = places.get(name);
    int length = Math.toIntExact(Shapes.size(place.shape()));
    return Tensor.floats(Tensor.Block.of(flat, place.offset(), length), place.shape());
  }
}
