package org.yuqiao.files.torch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format before PyTorch 1.6: four pickles (a magic number, a version, facts about the machine,
 * the content), a pickled list of storage keys, then each storage behind its number of elements.
 */
final class OldStorages implements StorageReader {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final FileChannel channel;
  private final Object content;
  private final Map<String, Long> positions;

  private OldStorages(FileChannel channel, Object content, Map<String, Long> positions) {
    this.channel = channel;
    this.content = content;
    this.positions = positions;
  }

  static OldStorages open(Path file) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      PickleInput in = new PickleInput(stream, Files.size(file));
      TensorConstructors constructors = new TensorConstructors();
      if (!MAGIC.equals(Unpickler.read(in, constructors))
          || !Long.valueOf(VERSION).equals(Unpickler.read(in, constructors))) {
        throw new Unpickler.Refusal("it begins with another number than PyTorch writes");
      }
      Unpickler.read(in, constructors);
      Object content = Unpickler.read(in, constructors);
      Map<String, Long> positions = positions(in, constructors);
      return new OldStorages(FileChannel.open(file), content, positions);
    }
  }

  private static Map<String, Long> positions(PickleInput in, TensorConstructors constructors)
      throws IOException {
    Map<String, Long> positions = new HashMap<>();
    if (!(Unpickler.read(in, constructors) instanceof List<?> keys)) {
      throw new Unpickler.Refusal("it has no list of storages");
    }
    for (Object key : keys) {
      StoredTensor.Storage storage =
          key instanceof String ? constructors.storages().get(key) : null;
      if (storage == null || in.signedLong() != storage.count()) {
        throw new Unpickler.Refusal("its list of storages is not the one its tensors need");
      }
      positions.put(storage.key(), in.position());
      in.skip(storage.bytes());
    }
    return positions;
  }

  @Override
  public Object content() {
    return content;
  }

  @Override
  public byte[] read(StoredTensor.Storage storage) throws IOException {
    Long position = positions.get(storage.key());
    if (position == null) {
      throw new Unpickler.Refusal("its storage " + storage.key() + " is missing");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) storage.bytes());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    return bytes.array();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: the file was only read.
    }
  }
}
