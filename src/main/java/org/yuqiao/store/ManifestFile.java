package org.yuqiao.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;

/**
 * A JSON file that describes the contents of its folder.
 *
 * @param <T> the record it holds
 */
record ManifestFile<T>(Path path, Class<T> type) {
  /** The maximum size of a file; the largest known ones have some 100 kB. */
  static final int MAX_BYTES = 16 << 20;

  /** Missing keys are refused; unknown keys of newer versions are ignored. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

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
      T manifest = JSON.readValue(InputFile.bytes(path, MAX_BYTES), type);
      InvalidInputException.require(manifest != null, path + " is damaged: it is empty");
      return Optional.of(manifest);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(path + " is damaged: " + JsonError.message(e), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + path + ": " + IoError.message(e), e);
    }
  }
}
