package org.yuqiao.files.torch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.NamedTensors;

/**
 * A dictionary of tensors that {@code torch.save} has written, as {@code pytorch_model.bin}: the
 * ZIP format of PyTorch 1.6 and newer, or the older one. Nothing in the file is run.
 */
public final class TorchFile implements NamedTensors {
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path file;
  private final StorageReader storages;
  private final Map<String, StoredTensor> tensors;

  private TorchFile(Path file, StorageReader storages, Map<String, StoredTensor> tensors) {
    this.file = file;
    this.storages = storages;
    this.tensors = tensors;
  }

  /**
   * Opens a file and reads its pickle.
   *
   * @throws InvalidInputException when it is missing, damaged, or holds anything but a dictionary
   *     of tensors
   */
  public static TorchFile open(Path file) {
    return guarded(
        file,
        () -> {
          StorageReader storages = isZip(file) ? ZipStorages.open(file) : OldStorages.open(file);
          try {
            return new TorchFile(file, storages, tensors(storages.content()));
          } catch (RuntimeException e) {
            storages.close();
            throw e;
          }
        });
  }

  /** Reads something, which may fail. */
  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T guarded(Path file, Reading<T> reading) {
    try {
      return reading.get();
    } catch (Unpickler.Refusal e) {
      throw new InvalidInputException(
          file + ": not a file of tensors by PyTorch: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (EOFException | ZipException e) {
      throw new InvalidInputException(file + ": not a file of tensors by PyTorch, or truncated", e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
    }
  }

  private static Map<String, StoredTensor> tensors(Object content) {
    if (!(content instanceof Map<?, ?> entries)) {
      throw new Unpickler.Refusal("it holds no dictionary of tensors");
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> {
          if (!(name instanceof String key && value instanceof StoredTensor tensor)) {
            throw new Unpickler.Refusal("its entry '" + name + "' is no tensor");
          }
          if (!tensor.isInside()) {
            throw new Unpickler.Refusal(
                "its tensor '" + key + "' is not inside the numbers that are stored for it");
          }
          tensors.put(key, tensor);
        });
    return tensors;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  @Override
  public long[] shape(String name) {
    return tensors.get(name).shape().clone();
  }

  @Override
  public float[] floats(String name) {
    StoredTensor tensor = tensors.get(name);
    return guarded(
        file,
        () -> {
          if (tensor.storage().type().isEmpty()) {
            throw new Unpickler.Refusal("its tensor '" + name + "' holds integers");
          }
          if (tensor.storage().bytes() > Integer.MAX_VALUE) {
            throw new Unpickler.Refusal("its tensor '" + name + "' is larger than 2 GiB");
          }
          ByteBuffer bytes =
              ByteBuffer.wrap(storages.read(tensor.storage())).order(ByteOrder.LITTLE_ENDIAN);
          FloatBuffer values = tensor.storage().type().get().toFloat32(bytes).asFloatBuffer();
          return finite(name, tensor.of(values));
        });
  }

  private static float[] finite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new Unpickler.Refusal("its tensor '" + name + "' holds NaN or infinity");
      }
    }
    return values;
  }

  @Override
  public void close() {
    storages.close();
  }
}
