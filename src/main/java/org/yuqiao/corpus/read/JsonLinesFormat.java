package org.yuqiao.corpus.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.text.Language;

/**
 * One JSON object a line, with the keys "zh" and "en", or with both inside "translation". Other
 * codes of the languages ("zh-CN", "eng") are known; empty lines are skipped.
 */
final class JsonLinesFormat implements LineFormat {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String EXPECTED = "expected one object a line";

  /** Half of a surrogate pair, which UTF-8 cannot represent. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  /** Whether a replaced character was reported. */
  private transient boolean warned;

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public boolean skipsBlankLines() {
    return true;
  }

  @Override
  public Optional<SentencePair> pair(String line, String origin) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    JsonNode object = parse(line, origin);
    JsonNode pair = object.has("translation") ? object.get("translation") : object;
    return Optional.of(
        new SentencePair(text(pair, Language.ZH, origin), text(pair, Language.EN, origin), origin));
  }

  private static JsonNode parse(String line, String origin) {
    try (JsonParser parser = JSON.createParser(line)) {
      JsonNode object = JSON.readTree(parser);
      if (!object.isObject()) {
        throw new InvalidInputException(origin + ": found " + kind(object) + "; " + EXPECTED);
      }
      long end = parser.currentLocation().getColumnNr() - 1L;
      if (!line.substring((int) end).isBlank()) {
        throw new InvalidInputException(
            origin + ": there is more text behind the object, at character " + (end + 1));
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(origin + ": " + problem(line, e) + "; " + EXPECTED, e);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
  }

  private static String kind(JsonNode node) {
    return node.isArray() ? "an array" : "no object but " + node;
  }

  /** What is wrong with a line, without the words of the parser. */
  private static String problem(String line, JsonProcessingException e) {
    int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    if (e instanceof JsonEOFException || column > line.stripTrailing().length()) {
      return line.strip().startsWith("[")
          ? "found an array over several lines"
          : "the JSON value does not end on this line";
    }
    if (e.getOriginalMessage().startsWith("Duplicate field")) {
      return "a key occurs twice";
    }
    return "not valid JSON at character " + column;
  }

  private String text(JsonNode pair, Language language, String origin) {
    JsonNode value = pair.get(language.code());
    List<String> keys = new ArrayList<>();
    pair.fieldNames().forEachRemaining(keys::add);
    if (value == null) {
      List<String> known =
          keys.stream()
              .filter(key -> LanguageTags.ofTag(key).equals(Optional.of(language)))
              .toList();
      value = known.size() == 1 ? pair.get(known.get(0)) : null;
    }
    if (value == null || !value.isTextual()) {
      throw new InvalidInputException(
          String.format(
              "%s: expected an object with the texts \"zh\" and \"en\", but \"%s\" is %s; the keys"
                  + " are %s",
              origin,
              language.code(),
              value == null ? "missing" : "not a text",
              String.join(", ", keys)));
    }
    return representable(value.asText(), origin);
  }

  private String representable(String text, String origin) {
    String replaced = LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    if (!warned && !replaced.equals(text)) {
      warned = true;
      PairRecordReader.warn(
          origin + ": half a surrogate pair is no character; such halves become U+FFFD");
    }
    return replaced;
  }
}
