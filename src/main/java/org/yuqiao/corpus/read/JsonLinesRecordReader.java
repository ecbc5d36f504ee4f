package org.yuqiao.corpus.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.Utf8Lines;

/** One JSON object a line, with the keys "zh" and "en", or with both inside "translation". */
final class JsonLinesRecordReader extends PairRecordReader {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;
  private transient Utf8Lines lines;

  /** Reads {@code file}. */
  JsonLinesRecordReader(Path file) {
    this.file = file.toString();
  }

  @Override
  protected void open() {
    lines = Utf8Lines.open(Path.of(file));
  }

  @Override
  protected Optional<SentencePair> read() {
    Optional<String> line = lines.next();
    if (line.isEmpty()) {
      lines.close();
      return Optional.empty();
    }
    String origin = file + ", line " + lines.lineNumber();
    JsonNode object = parse(line.get(), origin);
    JsonNode pair = object.has("translation") ? object.get("translation") : object;
    return Optional.of(
        new SentencePair(text(pair, "zh", origin), text(pair, "en", origin), origin));
  }

  private static JsonNode parse(String line, String origin) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(origin + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(JsonNode pair, String key, String origin) {
    JsonNode value = pair.get(key);
    if (value == null || !value.isTextual()) {
      throw new InvalidInputException(
          origin
              + ": expected an object with the texts \"zh\" and \"en\", but \""
              + key
              + "\" is missing");
    }
    return value.asText();
  }

  @Override
  public void close() {
    if (lines != null) {
      lines.close();
    }
  }
}
