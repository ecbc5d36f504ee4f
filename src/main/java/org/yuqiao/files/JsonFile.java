package org.yuqiao.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a whole JSON file as a tree. */
public final class JsonFile {
  /** The maximum size; the vocabulary of 250,000 tokens has some 20 MB. */
  private static final int MAX_BYTES = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /**
   * The content of {@code file}.
   *
   * @throws InvalidInputException when it is missing, no JSON, has a key twice, or is too large
   */
  public static JsonNode read(Path file) {
    try {
      return parse(InputFile.bytes(file, MAX_BYTES), file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }

  /** The content {@code bytes} of {@code file}. */
  public static JsonNode parse(byte[] bytes, Path file) {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(file + ": not JSON: " + JsonError.message(e), e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
  }
}
