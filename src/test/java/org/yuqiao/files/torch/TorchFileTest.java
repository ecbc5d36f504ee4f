package org.yuqiao.files.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuqiao.files.InvalidInputException;

/** Files in PyTorch's formats, written here opcode by opcode; real ones are read by the imports. */
class TorchFileTest {
  private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n";
  private static final String STORAGE = "ctorch\nFloatStorage\n";

  @TempDir private Path folder;

  /** Bytes written one after the other: texts as ISO 8859-1, numbers as bytes. */
  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer number) {
        out.write(number);
      } else if (part instanceof byte[] raw) {
        out.writeBytes(raw);
      } else {
        out.writeBytes(((String) part).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes("X", utf8.length, 0, 0, 0, utf8);
  }

  /** The pickle of a dictionary of one tensor {@code w} [2, 3] of a storage with six elements. */
  private static byte[] pickle(byte[] tensor) {
    return bytes(0x80, 2, "}(", text("w"), tensor, "u.");
  }

  private static byte[] tensor(int offset, byte[] shape, byte[] strides) {
    return bytes(
        TENSOR,
        "((",
        text("storage"),
        STORAGE,
        text("0"),
        text("cpu"),
        "K",
        6,
        "tQK",
        offset,
        shape,
        strides,
        0x89,
        "ccollections\nOrderedDict\n)RtR");
  }

  private static byte[] pair(int first, int second) {
    return bytes("K", first, "K", second, 0x86);
  }

  private static byte[] values() {
    ByteBuffer values = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      values.putFloat(i + 0.5f);
    }
    return values.array();
  }

  private Path zip(byte[] pickle, byte[] values) throws IOException {
    Path file = folder.resolve("pytorch_model.bin");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      put(out, "archive/data.pkl", pickle);
      put(out, "archive/data/0", values);
    }
    return file;
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  private static String refusal(Path file) {
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () -> {
              try (TorchFile open = TorchFile.open(file)) {
                open.names().forEach(open::floats);
              }
            });
    assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    return refusal.getMessage();
  }

  @Test
  void aTensorIsReadByItsStrides() throws IOException {
    byte[] rows = pickle(tensor(0, pair(2, 3), pair(3, 1)));
    try (TorchFile file = TorchFile.open(zip(rows, values()))) {
      assertEquals("[w]", file.names().toString());
      assertArrayEquals(new long[] {2, 3}, file.shape("w"));
      assertArrayEquals(new float[] {0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f}, file.floats("w"));
    }
    byte[] columns = pickle(tensor(1, pair(2, 2), pair(1, 2)));
    try (TorchFile file = TorchFile.open(zip(columns, values()))) {
      assertArrayEquals(new float[] {1.5f, 3.5f, 2.5f, 4.5f}, file.floats("w"));
    }
  }

  @Test
  void theOldFormatIsRead() throws IOException {
    byte[] magic = {
      0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
    };
    byte[] content =
        bytes(
            bytes(0x80, 2, 0x8A, 10, magic, "."),
            bytes(0x80, 2, "M", 0xE9, 3, "."),
            bytes(0x80, 2, "}."),
            pickle(tensor(0, pair(2, 3), pair(3, 1))),
            bytes(0x80, 2, "]", text("0"), "a."),
            bytes(6, 0, 0, 0, 0, 0, 0, 0),
            values());
    Path file = Files.write(folder.resolve("old.bin"), content);
    try (TorchFile open = TorchFile.open(file)) {
      assertArrayEquals(new float[] {0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f}, open.floats("w"));
    }
    for (int length = 0; length < content.length; length++) {
      refusal(Files.write(file, Arrays.copyOf(content, length)));
    }
  }

  /** A pickle that would run a command of the shell when Python loads it. */
  @Test
  void aPickleThatCallsFunctionsIsRefusedAndNothingIsRun() throws IOException {
    Path proof = folder.resolve("proof");
    byte[] command = text("touch " + proof);
    for (byte[] pickle :
        new byte[][] {
          bytes(0x80, 2, "cposix\nsystem\n", command, 0x85, "R."),
          bytes(0x80, 4, 0x8C, 5, "posix", 0x8C, 6, "system", 0x93, command, 0x85, "R."),
          bytes(0x80, 2, "cbuiltins\neval\n", text("1"), 0x85, "R."),
          bytes(0x80, 2, "ctorch._utils\n_rebuild_tensor_v3\n)R."),
        }) {
      String message = refusal(zip(pickle, values()));
      assertTrue(message.contains("it refers to "), message);
      assertTrue(message.contains("nothing in it was run"), message);
    }
    assertFalse(Files.exists(proof));
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0080\u0002ccollections\nOrderedDict\n)\u0081.', opcode 0x81",
    "'\u0080\u0002(icollections\nOrderedDict\n.', opcode 0x69",
    "'\u0080\u0002\u0082\u0001.', opcode 0x82",
    "'\u0080\u0001}.', protocol is 1",
    "'\u0080\u0006}.', protocol is 6",
    "'}.', begin as a pickle",
    "'\u0080\u0002].', no dictionary",
    "'\u0080\u0002}K\u0001K\u0001s.', is no tensor",
    "'\u0080\u0002}]K\u0001s.', neither text nor number",
    "'\u0080\u0002}K\u0001a.', needs a list",
    "'\u0080\u0002K\u0001b.', takes a value",
    "'\u0080\u0002}K\u0001K\u0002b.', no dictionary",
    "'\u0080\u0002h\u0007.', never stored",
    "'\u0080\u0002t.', no mark",
    "'\u0080\u0002}(K\u0001u.', without a value",
    "'\u0080\u0002K\u0001Q.', outside it",
    "'\u0080\u0002ccollections\nOrderedDict\nK\u0001\u0085R.', do not fit",
    "'\u0080\u0002X\u00ff\u00ff\u00ff\u007fabc.', truncated",
    "'\u0080\u0002X\u0001\u0000\u0000\u0000\u00ff.', not UTF-8",
    "'\u0080\u0004\u008c\u0005torch]\u0093.', needs a string",
    "'\u0080\u0002\u008b\u0001\u0001\u0000\u0000.', integer of more than 256 bytes",
    "'\u0080\u0002', truncated",
    "'\u0080\u0002}', truncated",
  })
  void whatIsNoDictionaryOfTensorsIsRefusedInOneSentence(String pickle, String problem)
      throws IOException {
    String message = refusal(zip(bytes(pickle), values()));
    assertTrue(message.contains(problem), message);
  }

  @Test
  void aTensorOutsideItsStorageIsRefused() throws IOException {
    byte[][] tensors = {
      tensor(1, pair(2, 3), pair(3, 1)),
      tensor(0, pair(3, 3), pair(3, 1)),
      tensor(0, pair(2, 3), pair(200, 1)),
      tensor(0, pair(100, 100), pair(0, 0)),
      tensor(0, bytes("K", 2, 0x85), pair(1, 1)),
      tensor(0, bytes("J", 0xFF, 0xFF, 0xFF, 0xFF, 0x85), bytes("K", 1, 0x85)),
    };
    for (byte[] tensor : tensors) {
      String message = refusal(zip(pickle(tensor), values()));
      assertTrue(message.contains("not inside the numbers"), message);
    }
    String message =
        refusal(zip(pickle(tensor(0, pair(2, 3), pair(3, 1))), Arrays.copyOf(values(), 20)));
    assertTrue(message.contains("has not 24 bytes"), message);
  }

  @Test
  void aFileThatIsNoArchiveOrDamagedIsRefused() throws IOException {
    Path file = folder.resolve("a.bin");
    refusal(Files.writeString(file, ""));
    refusal(Files.writeString(file, "version https://git-lfs.github.com/spec/v1\n"));
    byte[] good = Files.readAllBytes(zip(pickle(tensor(0, pair(2, 3), pair(3, 1))), values()));
    for (int length = 4; length < good.length; length += 7) {
      refusal(Files.write(file, Arrays.copyOf(good, length)));
    }
    assertThrows(InvalidInputException.class, () -> TorchFile.open(folder.resolve("none.bin")));
  }

  @Test
  void damagedBytesAreReadOrRefusedButNothingElse() throws IOException {
    byte[] good = pickle(tensor(0, pair(2, 3), pair(3, 1)));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      Path file = zip(damaged, values());
      try (TorchFile open = TorchFile.open(file)) {
        open.names().forEach(open::floats);
      } catch (InvalidInputException e) {
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      }
    }
  }
}
