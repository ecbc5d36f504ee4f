package org.yuqiao.files.torch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, with the position of the next one. */
final class PickleInput {
  private static final int MAX_LINE = 1 << 10;

  /** Longer integers take Java minutes to print. */
  private static final int MAX_INTEGER = 1 << 8;

  private final InputStream in;
  private final long limit;
  private long position;

  /**
   * Reads {@code in}.
   *
   * @param limit the number of bytes it has at most
   */
  PickleInput(InputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The number of bytes read. */
  long position() {
    return position;
  }

  /** The next byte, 0 to 255. */
  int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    position++;
    return next;
  }

  /** The next {@code count} bytes. */
  byte[] bytes(long count) throws IOException {
    if (count < 0 || count > limit - position) {
      throw new EOFException();
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    position += count;
    return bytes;
  }

  /** Skips {@code count} bytes. */
  void skip(long count) throws IOException {
    if (count < 0 || count > limit - position) {
      throw new EOFException();
    }
    in.skipNBytes(count);
    position += count;
  }

  private ByteBuffer number(int bytes) throws IOException {
    return ByteBuffer.wrap(bytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsignedShort() throws IOException {
    return number(Short.BYTES).getShort() & 0xFFFF;
  }

  int signedInt() throws IOException {
    return number(Integer.BYTES).getInt();
  }

  long unsignedInt() throws IOException {
    return signedInt() & 0xFFFF_FFFFL;
  }

  long signedLong() throws IOException {
    return number(Long.BYTES).getLong();
  }

  /** A float64, which is big-endian here. */
  double bigEndianDouble() throws IOException {
    return ByteBuffer.wrap(bytes(Double.BYTES)).getDouble();
  }

  /** An integer in two's complement, little-endian: a {@code Long}, or a {@code BigInteger}. */
  Number integer(long bytes) throws IOException {
    if (bytes > MAX_INTEGER) {
      throw new Unpickler.Refusal("it has an integer of more than " + MAX_INTEGER + " bytes");
    }
    byte[] little = bytes(bytes);
    byte[] big = new byte[little.length + 1];
    for (int i = 0; i < little.length; i++) {
      big[big.length - 1 - i] = little[i];
    }
    big[0] = (byte) (little.length > 0 && little[little.length - 1] < 0 ? -1 : 0);
    BigInteger value = new BigInteger(big);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** A text in UTF-8. */
  String text(long bytes) throws IOException {
    byte[] utf8 = bytes(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Unpickler.Refusal("it has a text that is not UTF-8", e);
    }
  }

  /** The bytes up to a line feed. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = read(); next != '\n'; next = read()) {
      if (line.length() == MAX_LINE) {
        throw new Unpickler.Refusal("it has a name of more than " + MAX_LINE + " characters");
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
