package org.yuqiao.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/**
 * A JSON file that describes the contents of its folder.
 *
 * @param <T> the record it holds
 */
record ManifestFile<T>(Path path, Class<T> type) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Writes the record as indented JSON. */
  void write(T manifest) {
    AtomicFile.write(path, out -> JSON.writerWithDefaultPrettyPrinter().writeValue(out, manifest));
  }

  /**
   * Reads the record; empty if there is no file.
   *
   * @throws InvalidInputException if the file is damaged or cannot be read
   */
  Optional<T> read() {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(path.toFile(), type));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(path + " is damaged: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
