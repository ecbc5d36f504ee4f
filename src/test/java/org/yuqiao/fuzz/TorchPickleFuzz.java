package org.yuqiao.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.yuqiao.files.torch.TorchFile;

/** The pickle of a file of PyTorch, in an archive with one storage of six numbers. */
class TorchPickleFuzz {
  @FuzzTest(maxDuration = "5m")
  void returnsOrRefuses(byte[] bytes) {
    Refusals.read(
        bytes,
        "data.pkl",
        pickle -> {
          try (TorchFile tensors = TorchFile.open(archive(pickle))) {
            tensors.names().forEach(tensors::floats);
          }
        });
  }

  private static Path archive(Path pickle) {
    Path file = pickle.resolveSibling("pytorch_model.bin");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      put(out, "archive/data.pkl", Files.readAllBytes(pickle));
      put(out, "archive/data/0", new byte[6 * Float.BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    out.putNextEntry(entry);
    out.write(content);
  }
}
