package org.yuqiao.files.torch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The ZIP format: {@code NAME/data.pkl} and {@code NAME/data/KEY} for each storage. */
final class ZipStorages implements StorageReader {
  private static final String PICKLE = "/data.pkl";
  private static final long MAX_PICKLE = 64L << 20;

  private final ZipFile zip;
  private final String root;
  private final Object content;

  private ZipStorages(ZipFile zip, String root, Object content) {
    this.zip = zip;
    this.root = root;
    this.content = content;
  }

  static ZipStorages open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      ZipEntry pickle =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(PICKLE))
              .findFirst()
              .orElseThrow(() -> new Unpickler.Refusal("its ZIP archive has no data.pkl"));
      String root = pickle.getName().substring(0, pickle.getName().length() - PICKLE.length());
      requireLittleEndian(zip, root);
      if (pickle.getSize() > MAX_PICKLE) {
        throw new Unpickler.Refusal("its data.pkl has more than " + MAX_PICKLE + " bytes");
      }
      try (InputStream in = new BufferedInputStream(zip.getInputStream(pickle))) {
        PickleInput bytes = new PickleInput(in, pickle.getSize());
        return new ZipStorages(zip, root, Unpickler.read(bytes, new TensorConstructors()));
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static void requireLittleEndian(ZipFile zip, String root) throws IOException {
    ZipEntry order = zip.getEntry(root + "/byteorder");
    if (order != null) {
      try (InputStream in = zip.getInputStream(order)) {
        String text = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
        if (!text.equals("little")) {
          throw new Unpickler.Refusal("its numbers are not little-endian");
        }
      }
    }
  }

  @Override
  public Object content() {
    return content;
  }

  @Override
  public byte[] read(StoredTensor.Storage storage) throws IOException {
    ZipEntry entry = zip.getEntry(root + "/data/" + storage.key());
    if (entry == null
        || entry.getMethod() != ZipEntry.STORED
        || entry.getSize() != storage.bytes()
        || entry.getCompressedSize() != storage.bytes()) {
      throw new Unpickler.Refusal(
          "its storage " + storage.key() + " is missing, or has not " + storage.bytes() + " bytes");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) storage.bytes());
      if (bytes.length < storage.bytes()) {
        throw new EOFException();
      }
      return bytes;
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      // Nothing is lost: the file was only read.
    }
  }
}
