package org.yuqiao.store.ctranslate2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** A {@code model.bin} read as CTranslate2 reads it. */
record BinaryFile(
    int version,
    String spec,
    int revision,
    Map<String, Variable> variables,
    Map<String, String> aliases) {
  /** A variable: the id of its type, its shape, its bytes. */
  record Variable(int type, List<Integer> shape, byte[] bytes) {
    long crc() {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return crc.getValue();
    }

    float[] floats() {
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }

  static BinaryFile read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int version = in.getInt();
    String spec = text(in);
    int revision = in.getInt();
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      variables.put(text(in), variable(in));
    }
    Map<String, String> aliases = new LinkedHashMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      aliases.put(text(in), text(in));
    }
    assertFalse(in.hasRemaining());
    return new BinaryFile(version, spec, revision, variables, aliases);
  }

  private static Variable variable(ByteBuffer in) {
    List<Integer> shape = new ArrayList<>();
    for (int rank = in.get(); rank > 0; rank--) {
      shape.add(in.getInt());
    }
    int type = in.get();
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new Variable(type, shape, bytes);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() - 1];
    in.get(bytes);
    assertEquals(0, in.get());
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
