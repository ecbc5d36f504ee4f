package org.yuqiao.files.torch;

import java.io.IOException;

/** An open file of PyTorch: its pickle, and the bytes of its storages. */
interface StorageReader extends AutoCloseable {
  /** The unpickled content. */
  Object content();

  /** The bytes of a storage. */
  byte[] read(StoredTensor.Storage storage) throws IOException;

  @Override
  void close();
}
