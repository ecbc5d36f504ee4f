package org.yuqiao.corpus.fetch;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.InputFile;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.JsonError;

/**
 * The public corpora by name: those that come with the program, and those of a file of one's own.
 */
public final class CorpusRegistry {
  private static final String OWN = "corpora.yaml";
  private static final int MAX_BYTES = 3 << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private final Map<String, PublicCorpus> corpora;

  private CorpusRegistry(Map<String, PublicCorpus> corpora) {
    this.corpora = Collections.unmodifiableMap(corpora);
  }

  /** The corpora that come with the program. */
  public static CorpusRegistry ofProgram() {
    try (InputStream in = CorpusRegistry.class.getResourceAsStream(OWN)) {
      return new CorpusRegistry(parse(utf8(in.readAllBytes()), OWN));
    } catch (IOException e) {
      throw new IllegalStateException("the registry is part of the program", e);
    }
  }

  /**
   * These corpora and those of {@code file}, which replace those of the same name.
   *
   * @throws InvalidInputException when it cannot be read or has a wrong entry
   */
  public CorpusRegistry with(Path file) {
    Map<String, PublicCorpus> all = new LinkedHashMap<>(corpora);
    try {
      all.putAll(parse(utf8(InputFile.bytes(file, MAX_BYTES)), file.toString()));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("there is no file " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
    return new CorpusRegistry(all);
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static Map<String, PublicCorpus> parse(String yaml, String source) {
    try {
      Map<String, PublicCorpus> corpora =
          YAML.readValue(yaml, new TypeReference<LinkedHashMap<String, PublicCorpus>>() {});
      InvalidInputException.require(corpora != null, source + ": it is empty");
      for (String name : corpora.keySet()) {
        InvalidInputException.require(
            name.matches("[a-z0-9][a-z0-9-]*"),
            source + ": a corpus is named in lower case, as news-commentary, not '" + name + "'");
      }
      return corpora;
    } catch (JsonMappingException e) {
      String where = e.getPath().isEmpty() ? "" : ": '" + e.getPath().get(0).getFieldName() + "'";
      String reason =
          e.getCause() instanceof InvalidInputException refusal
              ? refusal.getMessage()
              : JsonError.message(e);
      throw new InvalidInputException(source + where + ": " + reason, e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(source + ": not YAML: " + JsonError.message(e), e);
    }
  }

  /** All corpora by name, in the order of the registry. */
  public Map<String, PublicCorpus> corpora() {
    return corpora;
  }

  /**
   * The corpus of a name.
   *
   * @throws InvalidInputException when there is none
   */
  public PublicCorpus corpus(String name) {
    return Optional.ofNullable(corpora.get(name))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "there is no corpus '"
                        + name
                        + "'; known: "
                        + String.join(", ", corpora.keySet())));
  }
}
