package org.yuqiao.files.marian;

/**
 * An item of a Marian file.
 *
 * @param type as the file numbers it
 * @param start of its data in the file
 * @param bytes of its data, padding included
 */
record MarianItem(String name, long type, int[] shape, int start, int bytes) {
  static final long INT8 = 0x101;
  static final long FLOAT32 = 0x404;
  static final long INTGEMM8 = 0x4101;

  /** The number of elements. */
  long elements() {
    long elements = 1;
    for (int axis : shape) {
      elements = Math.multiplyExact(elements, (long) axis);
    }
    return elements;
  }

  /** Whether it is a tensor that can be read; the type of other data is int8. */
  boolean isTensor() {
    return type == FLOAT32 || type == INTGEMM8;
  }

  /** The bytes that the elements need; int8 ones are followed by their scale. */
  long needed() {
    return type == FLOAT32
        ? Math.multiplyExact(4L, elements())
        : elements() + (type == INTGEMM8 ? 4 : 0);
  }
}
