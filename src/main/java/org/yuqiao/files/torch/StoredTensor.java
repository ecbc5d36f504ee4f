package org.yuqiao.files.torch;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.yuqiao.files.FloatType;

/**
 * A tensor as a view of a storage.
 *
 * @param offset of the first element, in elements
 * @param strides the distance of neighbors along each axis, in elements
 */
record StoredTensor(Storage storage, long offset, long[] shape, long[] strides) {
  /**
   * A run of elements, which several tensors may share.
   *
   * @param key its name
   * @param type empty for integers, which are not read
   * @param count the number of elements
   */
  record Storage(String key, Optional<FloatType> type, int bytesPerElement, long count) {
    long bytes() {
      return Math.multiplyExact(count, bytesPerElement);
    }
  }

  /** The number of elements. */
  long size() {
    long size = 1;
    for (long axis : shape) {
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }

  /** Whether every element lies in the storage. */
  boolean isInside() {
    try {
      long last = offset;
      boolean valid = offset >= 0 && shape.length == strides.length;
      for (int i = 0; valid && i < shape.length; i++) {
        valid = shape[i] >= 0 && strides[i] >= 0;
        last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
      }
      return valid && (size() == 0 || (last < storage.count() && size() <= storage.count()));
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** The elements, row-major, of a storage's {@code values}. */
  float[] of(FloatBuffer values) {
    float[] elements = new float[Math.toIntExact(size())];
    long[] at = new long[shape.length];
    long position = offset;
    for (int i = 0; i < elements.length; i++) {
      elements[i] = values.get((int) position);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        position += strides[axis];
        if (++at[axis] < shape[axis]) {
          break;
        }
        position -= strides[axis] * shape[axis];
        at[axis] = 0;
      }
    }
    return elements;
  }
}
