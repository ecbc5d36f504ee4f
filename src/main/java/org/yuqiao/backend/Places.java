package org.yuqiao.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;

/** Finds where many flags are set, without a branch that depends on them. */
final class Places {
  /** Room that {@link #of} needs behind the last number. */
  static final int ROOM = 8;

  private static final int EIGHT = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Multiplied with eight bytes that are 0 or 1 it leaves them as the bits of the highest byte. */
  private static final long GATHERING = 0x0102040810204080L;

  /** For each byte which of its bits are set, the lowest first. */
  private static final int[] OF_BYTE = new int[256 * EIGHT];

  static {
    for (int set = 0; set < 256; set++) {
      int count = 0;
      for (int i = 0; i < EIGHT; i++) {
        if (((set >> i) & 1) == 1) {
          OF_BYTE[set * EIGHT + count++] = i;
        }
      }
    }
  }

  private Places() {}

  /**
   * Writes the numbers of those of {@code flags} {@code from} to {@code to} that are 1, not 0, to
   * {@code target}, beginning at {@code start}.
   *
   * @return the place behind the last
   */
  static int of(byte[] flags, int from, int to, int[] target, int start) {
    int at = start;
    int i = from;
    for (; i + EIGHT <= to; i += EIGHT) {
      int eight = (int) (((long) LONGS.get(flags, i) * GATHERING) >>> (Long.SIZE - Byte.SIZE));
      IntVector.fromArray(IntVector.SPECIES_256, OF_BYTE, eight * EIGHT)
          .add(i)
          .intoArray(target, at);
      at += Integer.bitCount(eight);
    }
    for (; i < to; i++) {
      target[at] = i;
      at += flags[i];
    }
    return at;
  }
}
