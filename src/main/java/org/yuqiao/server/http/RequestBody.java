package org.yuqiao.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The JSON object in the body of a request; each read checks type and range of a field. */
public final class RequestBody {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode object;

  private RequestBody(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads the body of a request.
   *
   * @param fields the fields it may have
   * @throws Problem 415 when it is not JSON by its content type, 400 when it is no object or has
   *     another field
   */
  public static RequestBody of(Context context, String... fields) {
    String type = Optional.ofNullable(context.contentType()).orElse("").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw new Problem(415, "send the body as Content-Type: application/json");
    }
    JsonNode object = parse(utf8(context.bodyAsBytes()));
    if (!object.isObject()) {
      throw Problem.badRequest("the body must be a JSON object");
    }
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    List<String> known = Arrays.asList(fields);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw Problem.badRequest(
          "the body has a field that is not known here; its fields are "
              + String.join(", ", known));
    }
    return new RequestBody(object);
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("the body is not valid UTF-8");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return STRICT.readTree(text);
    } catch (JsonProcessingException e) {
      throw Problem.badRequest(
          e.getLocation() == null
              ? "the body is not valid JSON"
              : "the body is not valid JSON: line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr());
    }
  }

  private Optional<JsonNode> field(String name) {
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  /** Whether it has one of these fields. */
  public boolean hasAny(String... names) {
    return Arrays.stream(names).anyMatch(name -> field(name).isPresent());
  }

  private static Problem wrong(String name, String expected) {
    return Problem.badRequest("'" + name + "' must be " + expected);
  }

  /** A string, or empty where there is none. */
  public Optional<String> optionalText(String name) {
    Optional<JsonNode> value = field(name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(name, "a string");
    }
    return value.map(JsonNode::textValue);
  }

  /**
   * A string.
   *
   * @throws Problem 400 where there is none
   */
  public String text(String name) {
    return optionalText(name)
        .orElseThrow(() -> Problem.badRequest("'" + name + "' is missing; it must be a string"));
  }

  /**
   * A string with its line breaks as spaces.
   *
   * @throws Problem 400 where there is none
   */
  public String line(String name) {
    return text(name).replaceAll("\\R", " ");
  }

  /** One of {@code names}, or {@code otherwise}. */
  public String oneOf(String name, String otherwise, String... names) {
    String value = optionalText(name).orElse(otherwise);
    if (!Arrays.asList(names).contains(value)) {
      throw wrong(name, "one of " + String.join(", ", names));
    }
    return value;
  }

  /** An integer from {@code min} to {@code max}, or empty where there is none. */
  public OptionalInt optionalInteger(String name, int min, int max) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    boolean fits = value.get().isIntegralNumber() && value.get().canConvertToInt();
    if (!fits || value.get().intValue() < min || value.get().intValue() > max) {
      throw wrong(name, "an integer from " + min + " to " + max);
    }
    return OptionalInt.of(value.get().intValue());
  }

  /** An integer from {@code min} to {@code max}, or {@code otherwise}. */
  public int integer(String name, int otherwise, int min, int max) {
    return optionalInteger(name, min, max).orElse(otherwise);
  }

  /** A number from {@code min} to {@code max}, or empty where there is none. */
  public OptionalDouble optionalNumber(String name, double min, double max) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    double number = value.get().doubleValue();
    if (!value.get().isNumber() || !(number >= min && number <= max)) {
      throw wrong(name, "a number from " + min + " to " + max);
    }
    return OptionalDouble.of(number);
  }

  /** A number from {@code min} to {@code max}, or {@code otherwise}. */
  public double number(String name, double otherwise, double min, double max) {
    return optionalNumber(name, min, max).orElse(otherwise);
  }

  /** True or false; {@code false} where there is none. */
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** A truth value, or {@code absent} without it. */
  public boolean flag(String name, boolean absent) {
    Optional<JsonNode> value = field(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(absent);
  }

  /** A list of integers from {@code min} to {@code max}, or an empty one. */
  public int[] integers(String name, int min, int max) {
    Optional<JsonNode> value = field(name);
    if (value.isEmpty()) {
      return new int[0];
    }
    if (!value.get().isArray()) {
      throw wrong(name, "a list of integers");
    }
    int[] numbers = new int[value.get().size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode item = value.get().get(i);
      boolean fits = item.isIntegralNumber() && item.canConvertToInt();
      if (!fits || item.intValue() < min || item.intValue() > max) {
        throw wrong(name, "a list of integers from " + min + " to " + max);
      }
      numbers[i] = item.intValue();
    }
    return numbers;
  }
}
