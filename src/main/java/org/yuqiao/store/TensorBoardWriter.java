package org.yuqiao.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;

/**
 * Writes scalars to an event file of TensorBoard.
 *
 * <p>The file is a sequence of TFRecords (length, masked CRC-32C of the length, data, masked
 * CRC-32C of the data), each an Event message of TensorFlow's event.proto.
 */
final class TensorBoardWriter implements AutoCloseable {
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private final OutputStream out;
  private final Path file;

  /** The fields of a Protocol Buffers message. */
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** Opens a new event file in {@code folder}. */
  TensorBoardWriter(Path folder) {
    this.file =
        folder.resolve("events.out.tfevents." + System.currentTimeMillis() / 1000 + ".yuqiao");
    try {
      this.out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
    record(event -> event.writeString(EVENT_FILE_VERSION, "brain.Event:2"));
  }

  /** Adds a value to the curve {@code tag}. */
  void scalar(String tag, long step, double value) {
    byte[] summaryValue =
        message(
            fields -> {
              fields.writeString(VALUE_TAG, tag);
              fields.writeFloat(VALUE_SIMPLE, (float) value);
            });
    byte[] summary = message(fields -> fields.writeByteArray(SUMMARY_VALUE, summaryValue));
    record(
        event -> {
          event.writeInt64(EVENT_STEP, step);
          event.writeByteArray(EVENT_SUMMARY, summary);
        });
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
      fields.writeTo(coded);
      coded.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("cannot write to memory", e);
    }
  }

  private void record(Fields fields) {
    byte[] data =
        message(
            event -> {
              event.writeDouble(EVENT_WALL_TIME, System.currentTimeMillis() / 1000.0);
              fields.writeTo(event);
            });
    ByteBuffer length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, data.length);
    ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.put(length.array()).putInt(maskedCrc(length.array())).put(data).putInt(maskedCrc(data));
    try {
      out.write(record.array());
      out.flush();
    } catch (IOException e) {
      throw new InvalidInputException("cannot write " + file + ": " + IoError.message(e), e);
    }
  }

  /** CRC-32C rotated right by 15 bits plus a constant, the checksum of TFRecord files. */
  static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new InvalidInputException("cannot close " + file + ": " + IoError.message(e), e);
    }
  }
}
